package dev.holdfast.cli.demo;

import dev.holdfast.cli.read.Occurrence.Decided;
import dev.holdfast.core.event.Evidence;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * What was decided after a kill, of the node killed and of the guest. Empty where it did not come to that.
 */
record Phases(
        Optional<Decided> suspected, Optional<Decided> fenced, Optional<Decided> promoted, Optional<Decided> started,
        Optional<Decided> recovered) {

    /**
     * Picks them out.
     *
     * @param since decisions from right before the kill on, in their order
     */
    static Phases of(List<Decided> since, String victim, Incarnation killed) {
        Optional<Decided> fenced = first(since, decided -> decided.decision().event()
                instanceof NodeEvent.NodeFenced event && event.node().equals(victim) && event.incarnation().equals(killed));
        List<Decided> after = fenced.map(fence -> since.subList(since.indexOf(fence), since.size())).orElse(List.of());
        return new Phases(
                first(since, decided -> decided.decision().event()
                        instanceof NodeEvent.NodeSuspected event && event.node().equals(victim)
                        && event.incarnation().equals(killed)),
                fenced,
                first(after, decided -> decided.decision().event() instanceof GuestEvent.PromotionCompleted),
                first(after, decided -> decided.decision().event() instanceof GuestEvent.StartConfirmed),
                first(after, decided -> decided.decision().event() instanceof GuestEvent.GuestRecovered));
    }

    /** The snapshot that became the live volume. */
    Optional<Snapshot> snapshot() {
        return promoted.map(decided -> ((GuestEvent.PromotionCompleted) decided.decision().event()).snapshot());
    }

    /**
     * How many incarnations were fenced that were not killed.
     *
     * @param killed {@code node/incarnation} of all that were
     */
    static long falseFencings(List<Decided> since, Collection<String> killed) {
        return since.stream()
                .filter(decided -> decided.decision().event() instanceof NodeEvent.NodeFenced event
                        && !killed.contains(event.node() + "/" + event.incarnation()))
                .count();
    }

    /**
     * From when on the proof of the fence counts, on the witness clock: the latest base of the witnesses that gave it.
     * The base is not in the evidence itself; it follows from the beat that completed the proof and the time proven.
     *
     * @param beats the beat at an offset of the log, if it is still known
     * @param rho greatest clock error, by which proven time is reduced
     */
    Optional<Duration> evidenceFrom(LongFunction<Optional<Heartbeat>> beats, double rho) {
        List<Evidence> evidence = fenced.map(fence -> fence.decision().cause().evidence()).orElse(List.of());
        List<Duration> bases = evidence.stream()
                .flatMap(one -> beats.apply(one.offset()).stream().map(beat -> base(one, beat, rho)))
                .toList();
        return bases.size() < evidence.size() ? Optional.empty() : bases.stream().max(Comparator.naturalOrder());
    }

    private static Duration base(Evidence evidence, Heartbeat completing, double rho) {
        return completing.sentAt().minusNanos((long) (evidence.proven().toNanos() * (1 + rho) / (1 - rho)));
    }

    private static Optional<Decided> first(List<Decided> decisions, Predicate<Decided> which) {
        return decisions.stream().filter(which).findFirst();
    }
}
