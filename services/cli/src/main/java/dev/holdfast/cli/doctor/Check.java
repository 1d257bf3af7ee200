package dev.holdfast.cli.doctor;

/**
 * One thing that was looked at.
 *
 * @param name what it is about, one word
 * @param where the node or guest, or {@code cluster}
 * @param measured what was found
 * @param limit what it should be; empty if it is no number
 * @param advice what to do about it; empty if nothing need be done
 */
record Check(String name, String where, Verdict verdict, String measured, String limit, String advice) {

    static final String CLUSTER = "cluster";

    static Check ok(String name, String where, String measured, String limit) {
        return new Check(name, where, Verdict.OK, measured, limit, "");
    }

    static Check warn(String name, String where, String measured, String limit, String advice) {
        return new Check(name, where, Verdict.WARN, measured, limit, advice);
    }

    static Check fail(String name, String where, String measured, String limit, String advice) {
        return new Check(name, where, Verdict.FAIL, measured, limit, advice);
    }

    /** With advice only where something is to be done. */
    static Check of(Verdict verdict, String name, String where, String measured, String limit, String advice) {
        return new Check(name, where, verdict, measured, limit, verdict == Verdict.OK ? "" : advice);
    }
}
