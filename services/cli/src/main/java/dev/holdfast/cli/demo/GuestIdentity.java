package dev.holdfast.cli.demo;

/**
 * Who a guest process is, in its evidence.
 *
 * @param guest name of the guest, also of its evidence files
 * @param node  node that started it
 * @param epoch of this start
 */
public record GuestIdentity(String guest, String node, long epoch) {

    /**
     * From the arguments {@code --guest --node --epoch}, or from what the guard puts into each guest's environment.
     *
     * @throws IllegalArgumentException if one is given by neither
     */
    static GuestIdentity from(Arguments arguments) {
        return new GuestIdentity(
                arguments.text("guest", System.getenv("HOLDFAST_GUEST")),
                arguments.text("node", System.getenv("HOLDFAST_NODE")),
                arguments.number("epoch", System.getenv("HOLDFAST_EPOCH")));
    }
}
