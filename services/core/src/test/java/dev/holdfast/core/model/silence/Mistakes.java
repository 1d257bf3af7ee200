package dev.holdfast.core.model.silence;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.Message;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.state.Base;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Rules that each lack one clause of R3, R5 or R6. */
final class Mistakes {

    private Mistakes() {}

    // ---- the lease and the watchdog

    static Rules leaseFromAcknowledgement() {
        return new Rules() {
            @Override
            Held acknowledged(Held lease, Subject.Beat beat, int now) {
                return super.acknowledged(lease, new Subject.Beat(now, beat.lease(), beat.stage()), now);
            }
        };
    }

    static Rules firstLeaseUnchained() {
        return new Rules() {
            @Override
            boolean lapseIsForEver() {
                return false;
            }

            @Override
            boolean maySend(Held lease, int now) {
                return !lease.granted() || super.maySend(lease, now);
            }

            @Override
            Held sent(Held lease, Subject.Beat beat) {
                return lease.granted()
                        ? super.sent(lease, beat)
                        : new Held(List.of(), beat.sentAt() + beat.lease(), false, false);
            }

            @Override
            Held acknowledged(Held lease, Subject.Beat beat, int now) {
                return lease.granted()
                        ? super.acknowledged(lease, beat, now)
                        : Held.until(Math.max(lease.until(), beat.sentAt() + beat.lease()));
            }
        };
    }

    static Rules renewedWithoutLooking() {
        return new Rules() {
            @Override
            boolean lapseIsForEver() {
                return false;
            }

            @Override
            Held acknowledged(Held lease, Subject.Beat beat, int now) {
                return Held.until(Math.max(lease.until(), beat.sentAt() + beat.lease()));
            }
        };
    }

    static Rules fedToTheEndOfTheLease() {
        return new Rules() {
            @Override
            boolean mayFeed(Held lease, int now, int wd) {
                return isHeld(lease, now);
            }
        };
    }

    /** A watchdog whose end comes late can be wound up until then. */
    static Rules woundUpAfterItsEnd() {
        return new Rules() {
            @Override
            int lastFeeding(int deadline, Setting setting) {
                return deadline + setting.late() + 1;
            }
        };
    }

    // ---- the evidence: the product's decision maker is given something else to read

    private interface Beats {

        Heartbeat read(ClusterState state, Heartbeat beat, long offset);
    }

    private static Rules reading(Beats beats) {
        return new Rules() {
            @Override
            ClusterState decide(ClusterState state, Input input) {
                return input.body() instanceof Heartbeat beat
                        ? super.decide(state, with(input, beats.read(state, beat, input.at().offset())))
                        : super.decide(state, input);
            }
        };
    }

    private static Input with(Input input, Message body) {
        return new Input(input.at(), input.heartbeatLog(), input.key(), body);
    }

    static Rules oneTickShort() {
        return reading((state, beat, offset) -> timed(beat, beat.lease(), beat.wd().minusMillis(Setting.TICK)));
    }

    static Rules withoutWatchdogTerm() {
        return reading((state, beat, offset) -> timed(beat, beat.lease(), Duration.ZERO));
    }

    static Rules readersSettings() {
        return reading((state, beat, offset) ->
                timed(beat, state.settings().timing().lease(), state.settings().timing().wd()));
    }

    private static Heartbeat timed(Heartbeat beat, Duration lease, Duration wd) {
        return new Heartbeat(
                beat.node(), beat.topicId(), beat.incarnation(), beat.bootId(), beat.seq(), beat.seen(),
                beat.ackedSeq(), beat.ackedOffset(), beat.sentAt(), lease, wd, beat.guardKind(), beat.settingsVersion(),
                beat.running(), beat.pool());
    }

    /** A witness's beat counts as sent after all that stands before it on the log. */
    static Rules withoutCausality() {
        return reading((state, beat, offset) -> quoting(beat, beat.incarnation(), beat.seen(), offset - 1));
    }

    /** That a witness read any beat of a counts as if it were the newest. */
    static Rules olderReadingCounts() {
        return reading((state, beat, offset) -> {
            Heartbeat.Seen seen = beat.seen().get("a");
            return seen == null ? beat : quoting(beat, beat.incarnation(), Map.of(
                    "a", new Heartbeat.Seen(
                            seen.incarnation(), state.node("a").lastSeq(), state.node("a").lastOffset(),
                            seen.seenAt())), beat.ackedOffset());
        });
    }

    /** A witness that restarted counts as the one before. */
    static Rules livesOfAWitnessMixed() {
        return reading((state, beat, offset) ->
                quoting(beat, new Incarnation(1, 1), beat.seen(), beat.ackedOffset()));
    }

    private static Heartbeat quoting(
            Heartbeat beat, Incarnation incarnation, Map<String, Heartbeat.Seen> seen, long acked) {
        return new Heartbeat(
                beat.node(), beat.topicId(), incarnation, beat.node() + incarnation.boot(), beat.seq(), seen,
                beat.ackedSeq(), acked, beat.sentAt(), beat.lease(), beat.wd(), beat.guardKind(),
                beat.settingsVersion(), beat.running(), beat.pool());
    }

    static Rules withoutDrift() {
        return new Rules() {
            @Override
            ClusterSettings settings(ClusterSettings given) {
                Timing timing = given.timing();
                return new ClusterSettings(
                        given.version(), given.clusterId(), given.heartbeatTopicId(), given.voters(),
                        new Timing(
                                timing.profile(), timing.beat(), timing.lease(), timing.wd(), timing.feed(),
                                timing.margin(), 0),
                        given.coldStartWait(), given.suspectRounds(), given.who(), given.why());
            }
        };
    }

    /** What was testified about a's silence stands although a beats again. */
    static Rules basesKept() {
        return changingA((before, after, beat) -> Readers.with(
                after, after.lastOffset(), after.sentAt(), after.silence(), before.bases()));
    }

    /** A node that names a shorter lease goes on with the longer one. By itself it does no harm: see R6. */
    static Rules longerLeaseKept() {
        return new Rules() {
            @Override
            Held sent(Held lease, Subject.Beat beat) {
                return super.sent(lease, asLongAsEver(lease, beat));
            }
        };
    }

    /** Nor does this: that only a's newest beat says how long its lease and watchdog are. But both together do. */
    static Rules newestBeatOnly() {
        return new Changed((before, after, beat) -> Readers.with(
                after, after.lastOffset(), after.sentAt(), beat.lease().plus(beat.wd()), after.bases())) {
            @Override
            Held sent(Held lease, Subject.Beat beat) {
                return super.sent(lease, asLongAsEver(lease, beat));
            }
        };
    }

    private static Subject.Beat asLongAsEver(Held lease, Subject.Beat beat) {
        int longest = lease.told().stream().mapToInt(Held.Told::worth).max().orElse(0);
        return new Subject.Beat(beat.sentAt(), Math.max(longest, beat.lease()), beat.stage());
    }

    private interface Change {

        NodeState of(NodeState before, NodeState after, Heartbeat beat);
    }

    private static Rules changingA(Change change) {
        return new Changed(change);
    }

    /** Something else is remembered of a after each beat of it but the first. */
    private static class Changed extends Rules {

        private final Change change;

        Changed(Change change) {
            this.change = change;
        }

        @Override
        ClusterState decide(ClusterState state, Input input) {
            ClusterState next = super.decide(state, input);
            boolean again = input.body() instanceof Heartbeat beat && beat.node().equals("a")
                    && state.nodes().containsKey("a");
            return again
                    ? Readers.with(next, change.of(state.node("a"), next.node("a"), (Heartbeat) input.body()))
                    : next;
        }
    }
}
