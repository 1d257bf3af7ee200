package dev.holdfast.cli.command;

import dev.holdfast.cli.Failure;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.node.cluster.Addresses;
import dev.holdfast.node.cluster.Net;
import dev.holdfast.node.cluster.Reach;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Gives a guest that names no address one of its own, {@code net.100.1} and on, in the cluster's part of the loopback.
 * Where nodes have machines of their own there is no such part: the guest has the address of the node it runs on.
 */
final class GuestAddresses {

    private static final int LAST = 254;

    private final Reach reach;
    private final Collection<GuestState> guests;

    GuestAddresses(Reach reach, Collection<GuestState> guests) {
        this.reach = reach;
        this.guests = guests;
    }

    /** The guest at its own address: the one it names, or had before, or the first that no other guest has. */
    GuestSpec addressed(GuestSpec spec) {
        return switch (reach) {
            case Net net -> spec.address() != null ? spec : spec.at(before(net, spec.name()));
            case Addresses machines -> alone(spec);
        };
    }

    /** Guests at the address of their node may meet on one node, so their ports must differ. */
    private GuestSpec alone(GuestSpec spec) {
        guests.stream()
                .filter(other -> !other.name().equals(spec.name()))
                .filter(other -> spec.address() == null && other.spec().address() == null && other.spec().port() == spec.port())
                .findFirst()
                .ifPresent(other -> {
                    throw Failure.badInput("port " + spec.port() + " is that of guest " + other.name()
                            + ", and both have the address of the node they run on: take another port");
                });
        return spec;
    }

    private String before(Net net, String name) {
        return guests.stream()
                .filter(guest -> guest.name().equals(name) && guest.spec().address() != null)
                .map(guest -> guest.spec().address())
                .findFirst()
                .orElseGet(() -> firstFree(net));
    }

    private String firstFree(Net net) {
        Set<String> taken = guests.stream().map(guest -> String.valueOf(guest.spec().address())).collect(Collectors.toSet());
        return IntStream.rangeClosed(1, LAST)
                .mapToObj(last -> net.prefix() + ".100." + last)
                .filter(address -> !taken.contains(address))
                .findFirst()
                .orElseThrow(() -> Failure.failed("no address is free in " + net + ".100.0: name one in the file"));
    }
}
