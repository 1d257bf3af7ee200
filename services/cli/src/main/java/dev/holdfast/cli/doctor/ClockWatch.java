package dev.holdfast.cli.doctor;

import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.TopicTail;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.encoding.Received;
import dev.holdfast.guard.process.NativeCalls;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads beats as they come for some seconds: how the nodes' clocks run by the one of this machine. */
final class ClockWatch {

    private static final Duration POLL = Duration.ofMillis(100);

    private ClockWatch() {}

    private record Read(Incarnation incarnation, ClockRate.Reading reading) {}

    /** Per node that beats; rates are known only roughly after so short a time. */
    static Map<String, ClockRate> follow(ClusterAccess access, Duration length) {
        Map<String, List<Read>> readings = new TreeMap<>();
        try (TopicTail tail = access.tail(TopicCatalogue.NODE_HEARTBEATS).fromEnd()) {
            Duration end = now().plus(length);
            while (now().compareTo(end) < 0) {
                List<Received> read = tail.poll(POLL);
                Duration at = now();
                for (Received received : read) {
                    if (received instanceof Received.Message message && message.body() instanceof Heartbeat beat) {
                        readings.computeIfAbsent(beat.node(), node -> new ArrayList<>())
                                .add(new Read(beat.incarnation(), new ClockRate.Reading(beat.sentAt(), at)));
                    }
                }
            }
        }
        Map<String, ClockRate> rates = new TreeMap<>();
        readings.forEach((node, all) -> ClockRate.of(all.stream()
                        .filter(read -> read.incarnation().equals(all.getLast().incarnation()))
                        .map(Read::reading)
                        .toList())
                .ifPresent(rate -> rates.put(node, rate)));
        return rates;
    }

    /** Nobody corrects the rate of this one. */
    private static Duration now() {
        return Duration.ofNanos(NativeCalls.clockNanos(NativeCalls.CLOCK_MONOTONIC_RAW));
    }
}
