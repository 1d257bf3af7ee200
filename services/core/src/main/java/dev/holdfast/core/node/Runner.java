package dev.holdfast.core.node;

/**
 * A possible runner of a guest (rule R8): that incarnation of that node may be running the guest under that
 * epoch, for all the log can prove.
 */
public record Runner(String node, Incarnation incarnation, long epoch) {

    @Override
    public String toString() {
        return node + "/" + incarnation + " epoch " + epoch;
    }
}
