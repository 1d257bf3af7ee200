package dev.holdfast.cli.command;

import dev.holdfast.cli.Failure;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.node.cluster.Net;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Gives a guest that names no address one of its own, {@code net.100.1} and on, in the cluster's part of the loopback. */
final class GuestAddresses {

    private static final int LAST = 254;

    private final Net net;
    private final Collection<GuestState> guests;

    GuestAddresses(Net net, Collection<GuestState> guests) {
        this.net = net;
        this.guests = guests;
    }

    /** The guest at its own address: the one it names, or had before, or the first that no other guest has. */
    GuestSpec addressed(GuestSpec spec) {
        return spec.address() != null ? spec : spec.at(before(spec.name()));
    }

    private String before(String name) {
        return guests.stream()
                .filter(guest -> guest.name().equals(name) && guest.spec().address() != null)
                .map(guest -> guest.spec().address())
                .findFirst()
                .orElseGet(this::firstFree);
    }

    private String firstFree() {
        Set<String> taken = guests.stream().map(guest -> String.valueOf(guest.spec().address())).collect(Collectors.toSet());
        return IntStream.rangeClosed(1, LAST)
                .mapToObj(last -> net.prefix() + ".100." + last)
                .filter(address -> !taken.contains(address))
                .findFirst()
                .orElseThrow(() -> Failure.failed("no address is free in " + net + ".100.0: name one in the file"));
    }
}
