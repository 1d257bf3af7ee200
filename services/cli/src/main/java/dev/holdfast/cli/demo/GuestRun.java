package dev.holdfast.cli.demo;

/**
 * One process of a guest, from its first to its last line.
 *
 * @param node  that started it
 * @param epoch of the start
 * @param pid   of the process
 * @param from  boot-time clock of the first line, in nanoseconds
 * @param to    boot-time clock of the last line; it may have lived on until just before the next one
 */
record GuestRun(String node, long epoch, long pid, long from, long to) {

    static GuestRun of(EvidenceLine first) {
        return new GuestRun(first.node(), first.epoch(), first.pid(), first.bootNanos(), first.bootNanos());
    }

    boolean is(EvidenceLine line) {
        return node.equals(line.node()) && epoch == line.epoch() && pid == line.pid();
    }

    GuestRun until(EvidenceLine line) {
        return new GuestRun(node, epoch, pid, from, Math.max(to, line.bootNanos()));
    }

    /** Nanoseconds during which both are known to have lived; not positive if there are none. */
    long overlap(GuestRun other) {
        return Math.min(to, other.to) - Math.max(from, other.from);
    }

    @Override
    public String toString() {
        return "node %s epoch %d pid %d".formatted(node, epoch, pid);
    }
}
