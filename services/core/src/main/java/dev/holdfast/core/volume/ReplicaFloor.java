package dev.holdfast.core.volume;

import dev.holdfast.core.node.Incarnation;

/**
 * The highest epoch this node has heard of a guest's volume, and what for (rule R11).
 *
 * <table>
 * <caption>What an asked epoch is told</caption>
 * <tr><th>asked</th><th>below the floor</th><th>at the floor</th><th>above</th></tr>
 * <tr><td>promote</td><td>no</td><td>only the very same promotion again</td><td>yes</td></tr>
 * <tr><td>receive</td><td>no</td><td>unless the epoch was promoted here</td><td>yes</td></tr>
 * <tr><td>set aside</td><td>no</td><td>unless the epoch was promoted here</td><td>yes</td></tr>
 * </table>
 * An epoch has one owner. If it was promoted here nobody else writes under it; if a stream of it was received, someone
 * else owns it, and it can never be promoted here.
 *
 * @param incarnation of this node when the floor was filed
 */
public record ReplicaFloor(long epoch, Purpose purpose, Incarnation incarnation) {

    public enum Purpose {
        PROMOTE,
        RECEIVE,
        SET_ASIDE
    }

    /** Whether the asked may be done with this floor in place. */
    public boolean admits(ReplicaFloor asked) {
        if (asked.epoch != epoch) {
            return asked.epoch > epoch;
        }
        return asked.purpose == Purpose.PROMOTE ? asked.equals(this) : purpose != Purpose.PROMOTE;
    }

    @Override
    public String toString() {
        return "epoch " + epoch + " (" + purpose.name().toLowerCase().replace('_', ' ') + ", incarnation "
                + incarnation + ")";
    }
}
