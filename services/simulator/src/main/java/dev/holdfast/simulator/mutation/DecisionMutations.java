package dev.holdfast.simulator.mutation;

import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.Message;
import dev.holdfast.core.node.PoolStanding;
import dev.holdfast.core.node.PoolVerdict;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.node.TimingRule;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.Liveness;
import dev.holdfast.core.state.NodeState;
import dev.holdfast.core.state.Sorted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** The decision maker, each time made to overlook one thing: by what it is given to read, or by what it is told. */
final class DecisionMutations {

    private DecisionMutations() {}

    /** Changes a beat before it is read. */
    private interface Beats {

        Heartbeat read(ClusterState state, Heartbeat beat, long offset);
    }

    private static Parts reading(Beats beats) {
        return new Parts() {
            @Override
            public DecisionMaker.Outcome decide(ClusterState state, Input input) {
                return input.body() instanceof Heartbeat beat
                        ? super.decide(state, with(input, beats.read(state, beat, input.at().offset())))
                        : super.decide(state, input);
            }
        };
    }

    private static Input with(Input input, Message body) {
        return new Input(input.at(), input.heartbeatLog(), input.key(), body);
    }

    static Parts withoutWatchdogTerm() {
        return reading((state, beat, offset) -> timed(beat, beat.lease(), Duration.ZERO));
    }

    static Parts readersSettings() {
        return reading((state, beat, offset) -> state.settings() == null
                ? beat
                : timed(beat, state.settings().timing().lease(), state.settings().timing().wd()));
    }

    private static Heartbeat timed(Heartbeat beat, Duration lease, Duration wd) {
        return new Heartbeat(
                beat.node(), beat.topicId(), beat.incarnation(), beat.bootId(), beat.seq(), beat.seen(),
                beat.ackedSeq(), beat.ackedOffset(), beat.sentAt(), lease, wd, beat.guardKind(), beat.settingsVersion(),
                beat.running(), beat.pool());
    }

    /** What earlier beats named is forgotten with the next one. */
    static Parts longerForgotten() {
        return new Parts() {
            @Override
            public DecisionMaker.Outcome decide(ClusterState state, Input input) {
                DecisionMaker.Outcome outcome = super.decide(state, input);
                return input.body() instanceof Heartbeat beat
                                && outcome.state().node(beat.node()).sentAt().equals(beat.sentAt())
                        ? new DecisionMaker.Outcome(judgedBy(beat, outcome.state()), outcome.decisions())
                        : outcome;
            }
        };
    }

    private static ClusterState judgedBy(Heartbeat beat, ClusterState state) {
        NodeState node = state.node(beat.node());
        NodeState judged = new NodeState(
                node.name(), node.incarnation(), node.bootId(), node.liveness(), node.draining(),
                node.maintenance(), node.shutdown(), node.poolVerdict(), node.lastOffset(),
                node.lastSeq(), node.firstSeq(), node.sentAt(), beat.leaseAndWd(), node.guardKind(),
                node.settingsVersion(), node.running(), node.pool(), node.bases(), node.refused(), node.replaced());
        return with(state, state.nextOffset(), Sorted.with(state.nodes(), judged.name(), judged));
    }

    /** A beat counts as sent after everything before it on the log. */
    static Parts withoutCausality() {
        return reading((state, beat, offset) -> new Heartbeat(
                beat.node(), beat.topicId(), beat.incarnation(), beat.bootId(), beat.seq(), beat.seen(), beat.seq() - 1,
                offset - 1, beat.sentAt(), beat.lease(), beat.wd(), beat.guardKind(), beat.settingsVersion(),
                beat.running(), beat.pool()));
    }

    /** Which beat it was that stood at an offset is not looked at. */
    static Parts offsetsAlone() {
        return reading((state, beat, offset) -> {
            NodeState node = state.node(beat.node());
            boolean known = beat.incarnation().equals(node.incarnation()) && node.lastSeq() >= 0;
            return quoting(
                    beat, known && beat.seq() > node.lastSeq() ? node.lastSeq() + 1 : beat.seq(),
                    known ? node.lastSeq() : 0,
                    (subject, seen) -> new Heartbeat.Seen(
                            subject.incarnation(), subject.lastSeq(), seen.offset(), seen.seenAt()),
                    state);
        });
    }

    private static Heartbeat quoting(
            Heartbeat beat, long seq, long ackedSeq, BiFunction<NodeState, Heartbeat.Seen, Heartbeat.Seen> quotes,
            ClusterState state) {
        Map<String, Heartbeat.Seen> seen = new HashMap<>();
        beat.seen().forEach((voter, quoted) -> {
            NodeState subject = state.node(voter);
            seen.put(voter, subject.incarnation() == null ? quoted : quotes.apply(subject, quoted));
        });
        return new Heartbeat(
                beat.node(), beat.topicId(), beat.incarnation(), beat.bootId(), seq, seen, ackedSeq, beat.ackedOffset(),
                beat.sentAt(), beat.lease(), beat.wd(), beat.guardKind(), beat.settingsVersion(),
                beat.running(), beat.pool());
    }

    static Parts oldBootAccepted() {
        return reading((state, beat, offset) -> {
            NodeState node = state.node(beat.node());
            boolean old = node.incarnation() != null && node.incarnation().isNewerThan(beat.incarnation());
            return !old ? beat : new Heartbeat(
                    beat.node(), beat.topicId(), node.incarnation(), node.bootId(), beat.seq(), beat.seen(),
                    beat.ackedSeq(), beat.ackedOffset(), beat.sentAt(), beat.lease(), beat.wd(), beat.guardKind(),
                    beat.settingsVersion(), beat.running(), beat.pool());
        });
    }

    /** What was testified about a silence stands although the node beats again. */
    static Parts basesKept() {
        return new Parts() {
            @Override
            public DecisionMaker.Outcome decide(ClusterState state, Input input) {
                DecisionMaker.Outcome outcome = super.decide(state, input);
                if (!(input.body() instanceof Heartbeat beat)) {
                    return outcome;
                }
                NodeState before = state.node(beat.node());
                NodeState after = outcome.state().node(beat.node());
                boolean sameLife = before.incarnation() != null && before.incarnation().equals(after.incarnation());
                return sameLife && after.bases().isEmpty()
                        ? new DecisionMaker.Outcome(withBases(outcome.state(), after, before), outcome.decisions())
                        : outcome;
            }
        };
    }

    private static ClusterState withBases(ClusterState state, NodeState node, NodeState from) {
        NodeState kept = new NodeState(
                node.name(), node.incarnation(), node.bootId(), node.liveness(), node.draining(), node.maintenance(),
                node.shutdown(), node.poolVerdict(), node.lastOffset(), node.lastSeq(),
                node.firstSeq(), node.sentAt(), node.silence(), node.guardKind(), node.settingsVersion(),
                node.running(), node.pool(), from.bases(), node.refused(), node.replaced());
        return with(state, state.nextOffset(), Sorted.with(state.nodes(), kept.name(), kept));
    }

    private static ClusterState with(ClusterState state, long nextOffset, Map<String, NodeState> nodes) {
        return new ClusterState(
                state.settings(), nextOffset, state.suspended(), state.frozen(), state.coldStart(), state.epochs(),
                state.decisions(), state.answered(), nodes, state.guests());
    }

    /** That a pool is full is decided, and not looked at when guests are placed. */
    static Parts fullPoolATarget() {
        return new Parts() {
            @Override
            public DecisionMaker.Outcome decide(ClusterState state, Input input) {
                DecisionMaker.Outcome outcome = super.decide(
                        with(state, state.nextOffset(), standing(state, PoolStanding.FULL, PoolStanding.WARNS)), input);
                return new DecisionMaker.Outcome(
                        with(outcome.state(), outcome.state().nextOffset(), fullAgain(state, outcome.state())),
                        outcome.decisions());
            }
        };
    }

    private static Map<String, NodeState> standing(ClusterState state, PoolStanding from, PoolStanding to) {
        Map<String, NodeState> nodes = new HashMap<>(state.nodes());
        nodes.replaceAll((name, node) -> node.poolStanding() == from ? standing(node, to) : node);
        return nodes;
    }

    /** Those of which nothing new was decided are what they were. */
    private static Map<String, NodeState> fullAgain(ClusterState before, ClusterState after) {
        Map<String, NodeState> nodes = new HashMap<>(after.nodes());
        nodes.replaceAll((name, node) -> before.node(name).poolStanding() == PoolStanding.FULL
                        && node.poolStanding() == PoolStanding.WARNS
                        && node.poolVerdict().health().equals(before.node(name).poolVerdict().health())
                ? standing(node, PoolStanding.FULL)
                : node);
        return nodes;
    }

    private static NodeState standing(NodeState node, PoolStanding standing) {
        return new NodeState(
                node.name(), node.incarnation(), node.bootId(), node.liveness(), node.draining(), node.maintenance(),
                node.shutdown(), new PoolVerdict(standing, node.poolVerdict().health()), node.lastOffset(),
                node.lastSeq(), node.firstSeq(), node.sentAt(), node.silence(), node.guardKind(), node.settingsVersion(), node.running(), node.pool(),
                node.bases(), node.refused(), node.replaced());
    }

    /** Neither by the offsets, nor by what beats quote that was never read. */
    static Parts gapUnnoticed() {
        return new Parts() {
            @Override
            public DecisionMaker.Outcome decide(ClusterState state, Input input) {
                boolean gap = input.heartbeatLog() && state.nextOffset() >= 0;
                Message body = input.body() instanceof Heartbeat beat ? quotingWhatWasRead(state, beat) : input.body();
                return super.decide(
                        gap ? with(state, input.at().offset(), state.nodes()) : state, with(input, body));
            }
        };
    }

    private static Heartbeat quotingWhatWasRead(ClusterState state, Heartbeat beat) {
        return quoting(
                beat, beat.seq(), Math.min(beat.ackedSeq(), Math.max(0, state.node(beat.node()).lastSeq())),
                (subject, seen) -> new Heartbeat.Seen(
                        seen.incarnation(), Math.min(seen.seq(), Math.max(0, subject.lastSeq())), seen.offset(),
                        seen.seenAt()),
                state);
    }

    static Parts withoutDrift() {
        return new Parts() {
            @Override
            public DecisionMaker.Outcome decide(ClusterState state, Input input) {
                return input.body() instanceof ClusterSettings settings
                        ? super.decide(state, with(input, exact(settings)))
                        : super.decide(state, input);
            }
        };
    }

    private static ClusterSettings exact(ClusterSettings given) {
        Timing timing = given.timing();
        return given.with(new Timing(
                timing.profile(), timing.beat(), timing.lease(), timing.wd(), timing.feed(), timing.margin(),
                TimingRule.SMALLEST_RHO));
    }

    /** A start that was not answered before its node fell silent for some rounds counts as failed. */
    static Parts startTimeout() {
        return believing((state, guest) -> guest.phase() instanceof GuestPhase.Starting(Runner runner)
                        && state.node(runner.node()).liveness() == Liveness.SUSPECT
                ? new GuestReport.StartFailed(
                        guest.name(), runner.epoch(), runner.node(), runner.incarnation(), Duration.ZERO, true, false, "timeout")
                : null);
    }

    /** A move takes its source for stopped as soon as that is told to stop. */
    static Parts sourceDischarged() {
        return believing((state, guest) -> guest.move() != null
                        && guest.phase() instanceof GuestPhase.Stopping(Runner runner, boolean failing)
                ? new GuestReport.GuestStopped(
                        guest.name(), runner.epoch(), runner.node(), runner.incarnation(), Duration.ZERO, true, "told")
                : null);
    }

    /** What is believed of a guest without its node's word; null for nothing. */
    private interface Belief {

        GuestReport of(ClusterState state, GuestState guest);
    }

    private static Parts believing(Belief belief) {
        return new Parts() {
            @Override
            public DecisionMaker.Outcome decide(ClusterState state, Input input) {
                DecisionMaker.Outcome outcome = super.decide(state, input);
                List<Decision> decisions = new ArrayList<>(outcome.decisions());
                ClusterState now = outcome.state();
                for (GuestState guest : outcome.state().guests().values()) {
                    GuestReport believed = belief.of(now, guest);
                    if (believed != null) {
                        DecisionMaker.Outcome next =
                                super.decide(now, new Input(input.at(), false, guest.name(), believed));
                        decisions.addAll(next.decisions());
                        now = next.state();
                    }
                }
                return new DecisionMaker.Outcome(now, decisions);
            }
        };
    }
}
