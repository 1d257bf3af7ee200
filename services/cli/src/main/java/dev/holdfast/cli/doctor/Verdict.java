package dev.holdfast.cli.doctor;

/** What a check came to, from the best to the worst. The exit codes are those that monitors expect. */
enum Verdict {
    OK,
    /** It works, and will not in some case that is to be expected. */
    WARN,
    /** It does not work, or a promise of the cluster does not hold. */
    FAIL;

    int exitCode() {
        return ordinal();
    }

    static Verdict worse(Verdict one, Verdict other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
