package dev.holdfast.core.model.coldstart;

import dev.holdfast.core.node.Incarnation;

/**
 * One voter.
 *
 * @param up whether it has power
 * @param since the round in which this incarnation began to read the log
 * @param runs epoch under which it runs the guest; 0 for not
 * @param live version of its live volume; 0 for none
 * @param replica version of the newest snapshot it received; 0 for none
 * @param cuts how often it has lost its power
 */
record Machine(
        String name, boolean up, Incarnation incarnation, int since, long runs, int live, int replica, int cuts) {

    static Machine of(String name, int live, int replica) {
        return new Machine(name, true, new Incarnation(1, 1), 0, 0, live, replica, 0);
    }

    /** Installed, and never switched on so far. */
    static Machine unused(String name) {
        return new Machine(name, false, new Incarnation(1, 1), 0, 0, 0, 0, 0);
    }

    String bootId() {
        return name + incarnation.boot();
    }

    Machine losesPower() {
        Incarnation next = new Incarnation(incarnation.boot() + 1, 1);
        return new Machine(name, false, next, 0, 0, live, replica, cuts + 1);
    }

    Machine returns(int round) {
        return new Machine(name, true, incarnation, round, 0, live, replica, cuts);
    }

    /** Its lease ended: the guard killed the guest, and the services begin again within the boot. */
    Machine lapses(int round) {
        Incarnation next = new Incarnation(incarnation.boot(), incarnation.k() + 1);
        return new Machine(name, true, next, round + 1, 0, live, replica, cuts);
    }

    Machine runs(long epoch) {
        return new Machine(name, up, incarnation, since, epoch, live, replica, cuts);
    }

    Machine withLive(int version) {
        return new Machine(name, up, incarnation, since, runs, version, replica, cuts);
    }

    @Override
    public String toString() {
        return name + (up ? " up " + incarnation : " off") + (runs > 0 ? " runs" : "")
                + (live > 0 ? " live " + live : "") + (replica > 0 ? " replica " + replica : "");
    }
}
