package dev.holdfast.simulator.invariant;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.Evidence;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Message;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.ClusterState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.ToLongFunction;

/** Whatever discharges a runner names enough evidence, and the evidence is true (rules R6 and R8). */
public final class EvidenceSuffices extends Invariant {

    private static final int WITNESSES = 2;
    private static final long KEPT_NANOS = Duration.ofSeconds(60).toNanos();

    private record Life(String node, Incarnation incarnation) {}

    /** A beat on the log, by the world's clock. */
    private record Appended(long offset, long sent, long at) {

        /** Offsets alone do not tell: those of a log that was cut are given again. */
        boolean isBefore(long inputOffset, long inputAt) {
            return at < inputAt || at == inputAt && offset <= inputOffset;
        }
    }

    /** What the log holds of one life. */
    private static final class Beats {
        private final Deque<Appended> all = new ArrayDeque<>();
        private Duration silence = Duration.ZERO;

        /** The greatest of something over those that stood on the log before that input; 0 for none. */
        private long last(ToLongFunction<Appended> what, Decision decision, long inputAt) {
            long offset = decision.cause().input().offset();
            return all.stream().filter(beat -> beat.isBefore(offset, inputAt)).mapToLong(what).max().orElse(0);
        }
    }

    private final DoubleSupplier rho;
    private final Map<Life, Beats> lives = new HashMap<>();
    private final Set<Life> fenced = new HashSet<>();
    private final Map<String, Incarnation> newest = new HashMap<>();
    private final Map<String, Set<Runner>> reported = new HashMap<>();
    private final Map<String, Set<Runner>> possible = new HashMap<>();

    /** @param rho greatest error of a clock's rate that the settings allow */
    public EvidenceSuffices(DoubleSupplier rho) {
        this.rho = rho;
    }

    @Override
    public String sentence() {
        return "every discharge names sufficient evidence, the evidence is true, and every start needs P to be empty";
    }

    @Override
    public void appended(Heartbeat beat, long offset, long sentNanos, long nowNanos) {
        Beats beats = lives.computeIfAbsent(new Life(beat.node(), beat.incarnation()), life -> new Beats());
        beats.all.addLast(new Appended(offset, sentNanos, nowNanos));
        while (beats.all.getFirst().at() < nowNanos - KEPT_NANOS) {
            beats.all.removeFirst();
        }
        Duration named = beat.leaseAndWd();
        beats.silence = named.compareTo(beats.silence) > 0 ? named : beats.silence;
    }

    @Override
    public void reported(Message report) {
        if (report instanceof GuestReport.GuestStopped || report instanceof GuestReport.StartFailed) {
            GuestReport end = (GuestReport) report;
            reported.computeIfAbsent(end.guest(), guest -> new HashSet<>())
                    .add(new Runner(end.node(), end.incarnation(), end.epoch()));
        }
    }

    @Override
    public void decided(Decision decision, ClusterState before, ClusterState after, long inputNanos) {
        switch (decision.event()) {
            case NodeEvent.NodeSuspected event ->
                checkTruth(decision, new Life(event.node(), event.incarnation()), inputNanos);
            case NodeEvent.NodeFenced event -> {
                checkTruth(decision, new Life(event.node(), event.incarnation()), inputNanos);
                if (decision.cause().rule() == Rule.R6_SILENCE) {
                    checkSilence(decision, event, after, inputNanos);
                }
                fenced.add(new Life(event.node(), event.incarnation()));
            }
            case NodeEvent.NodeJoined joined -> newest.put(joined.node(), joined.incarnation());
            case GuestEvent.RunnerDischarged gone -> discharged(gone);
            case GuestEvent.RunnerFound found -> of(found.guest()).add(found.runner());
            case GuestEvent.StartGuest start -> {
                require(of(start.guest()).isEmpty(), start.summary() + " beside " + of(start.guest()));
                of(start.guest()).add(new Runner(start.node(), start.incarnation(), start.epoch()));
            }
            case GuestEvent.PromoteReplica promote ->
                require(of(promote.guest()).isEmpty(), promote.summary() + " beside " + of(promote.guest()));
            case GuestEvent.GuestRemoved removed ->
                require(of(removed.guest()).isEmpty(), removed.summary() + " beside " + of(removed.guest()));
            default -> { }
        }
    }

    private Set<Runner> of(String guest) {
        return possible.computeIfAbsent(guest, name -> new HashSet<>());
    }

    private void discharged(GuestEvent.RunnerDischarged gone) {
        Runner runner = gone.runner();
        require(of(gone.guest()).remove(runner), gone.summary() + ", which was not possible");
        boolean isFenced = fenced.stream().anyMatch(life -> life.node().equals(runner.node())
                && !runner.incarnation().isNewerThan(life.incarnation()));
        Incarnation now = newest.get(runner.node());
        boolean superseded = now != null && now.isNewerThan(runner.incarnation());
        boolean said = reported.getOrDefault(gone.guest(), Set.of()).contains(runner);
        require(isFenced || superseded || said, gone.summary() + ": neither reported, nor fenced, nor superseded");
    }

    /** Nobody can have proven a longer silence than there was since the last beat reached the log. */
    private void checkTruth(Decision decision, Life life, long inputNanos) {
        Beats beats = lives.get(life);
        if (beats == null) {
            return;
        }
        long since = inputNanos - beats.last(Appended::at, decision, inputNanos);
        for (Evidence evidence : decision.cause().evidence()) {
            require(evidence.proven().toNanos() <= since, decision.event().summary() + ": " + evidence.witness()
                    + " claims to have proven " + evidence.proven().toMillis() + " ms, " + since / 1_000_000
                    + " ms after the last beat");
        }
    }

    private void checkSilence(Decision decision, NodeEvent.NodeFenced event, ClusterState state, long inputNanos) {
        Beats beats = lives.get(new Life(event.node(), event.incarnation()));
        require(beats != null, event.summary() + ", of which no beat is known");
        Set<String> witnesses = new HashSet<>();
        for (Evidence evidence : decision.cause().evidence()) {
            boolean counts = state.isVoter(evidence.witness())
                    && !evidence.witness().equals(event.node())
                    && !fenced.contains(new Life(evidence.witness(), evidence.incarnation()))
                    && evidence.proven().compareTo(beats.silence) >= 0;
            if (counts) {
                witnesses.add(evidence.witness());
            }
        }
        require(witnesses.size() >= WITNESSES, event.summary() + ": only " + witnesses + " prove "
                + beats.silence.toMillis() + " ms, which its own beats name");
        long sent = beats.last(Appended::sent, decision, inputNanos);
        // As the slowest clock shows it that the silent node may have.
        Duration silent = Duration.ofNanos((long) ((inputNanos - sent) * (1 - rho.getAsDouble())));
        require(silent.compareTo(beats.silence) >= 0, event.summary() + ", but it sent a beat "
                + silent.toMillis() + " ms before, which is worth " + beats.silence.toMillis() + " ms");
    }
}
