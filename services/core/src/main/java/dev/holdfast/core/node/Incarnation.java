package dev.holdfast.core.node;

/**
 * One life of a node (rule R1): totally ordered by boot counter, then by {@code k}, the number of the
 * services' life within that boot. An older incarnation is dead for ever once a newer one is on the log.
 *
 * @param boot boot counter of the machine, 1 or more
 * @param k life of the services within the boot, 1 or more
 */
public record Incarnation(long boot, long k) implements Comparable<Incarnation> {

    public Incarnation {
        if (boot < 1 || k < 1) {
            throw new IllegalArgumentException("incarnation " + boot + "." + k + ": boot and k start at 1");
        }
    }

    public boolean isNewerThan(Incarnation other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Incarnation other) {
        int byBoot = Long.compare(boot, other.boot);
        return byBoot != 0 ? byBoot : Long.compare(k, other.k);
    }

    /** {@code boot.k}, the form used in summaries, the CLI and file names. */
    @Override
    public String toString() {
        return boot + "." + k;
    }

    /**
     * Reads the form written by {@link #toString()}.
     *
     * @throws IllegalArgumentException if the text is not {@code boot.k}
     */
    public static Incarnation parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 1) {
            throw new IllegalArgumentException("incarnation '" + text + "': expected boot.k, for example 3.1");
        }
        return new Incarnation(Long.parseLong(text.substring(0, dot)), Long.parseLong(text.substring(dot + 1)));
    }
}
