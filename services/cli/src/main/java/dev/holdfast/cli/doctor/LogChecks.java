package dev.holdfast.cli.doctor;

import dev.holdfast.cli.output.Span;
import dev.holdfast.core.decide.Majority;
import dev.holdfast.core.guest.DurationText;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolVerdict;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.node.TimingRule;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the published state and the newest beats say. Pure: the same for a cluster anywhere. */
final class LogChecks {

    /** Intervals that the newest copy may be old before somebody is told, and before it is a failure. */
    private static final int LATE = 2;

    private static final int TOO_LATE = 10;

    /** What a transfer and the news of it may take on top. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(5);

    private final ClusterState state;
    private final BeatHistory beats;
    private final Map<String, ClockRate> byThisMachine;

    /** @param byThisMachine how nodes' clocks run by the one of the machine that asks */
    LogChecks(ClusterState state, BeatHistory beats, Map<String, ClockRate> byThisMachine) {
        this.state = state;
        this.beats = beats;
        this.byThisMachine = byThisMachine;
    }

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        checks.add(cluster());
        checks.add(gap());
        for (String node : state.settings().nodes()) {
            checks.add(node(state.node(node)));
            checks.add(guard(node));
            checks.add(settings(node));
            checks.add(clock(node));
            pool(state.node(node)).ifPresent(checks::add);
        }
        for (GuestState guest : state.guests().values()) {
            checks.add(guest(guest));
            copies(guest).ifPresent(checks::add);
        }
        return checks;
    }

    private Check cluster() {
        int voters = state.settings().voters().size();
        String measured = state.liveVoters() + " of " + voters + " voters live";
        String limit = "at least " + Majority.of(voters);
        if (state.frozen() != null) {
            return Check.fail("majority", Check.CLUSTER, measured + ", frozen: " + state.frozen().reason(), limit,
                    "nothing is started until every voter has beaten or is fenced; bring back those that are missing");
        }
        if (state.suspended() || !Majority.reached(state.liveVoters(), voters)) {
            return Check.fail("majority", Check.CLUSTER, measured, limit, "bring nodes back: nothing is decided");
        }
        return Check.ok("majority", Check.CLUSTER, measured, limit);
    }

    /** A lease has to outlive a failover of Kafka: by what is known of it, and by what was seen here. */
    private Check gap() {
        Timing timing = state.settings().timing();
        Duration waited = beats.longestWait(timing.beat());
        Duration survived = timing.lease().multipliedBy(2).dividedBy(3);
        String measured = "longest wait for an acknowledgement " + Span.of(waited) + " in " + Span.of(beats.span())
                + ", lease " + DurationText.of(timing.lease());
        String limit = "lease >= 1.5 x " + DurationText.of(TimingRule.KAFKA_GAP)
                + ", Kafka's longest failover, and 1.5 x what was seen";
        List<TimingRule.Unsafe> unsafe = TimingRule.unsafe(timing);
        if (!unsafe.isEmpty()) {
            return Check.fail("kafka-gap", Check.CLUSTER, measured + "; " + unsafe.getFirst(), limit,
                    "'settings set' with what it says");
        }
        Verdict verdict = waited.compareTo(survived) > 0 ? Verdict.FAIL
                : waited.compareTo(TimingRule.KAFKA_GAP) > 0 ? Verdict.WARN : Verdict.OK;
        return Check.of(verdict, "kafka-gap", Check.CLUSTER, measured, limit,
                "find out what holds the brokers up (disks, network, load); or 'settings set' a lease of at least "
                        + DurationText.of(Duration.ofMillis(waited.toMillis() * 3 / 2)));
    }

    private Check node(NodeState node) {
        String measured = lower(node.liveness()) + (node.whyNoGuests() == null ? "" : ", " + node.whyNoGuests())
                + (node.incarnation() == null ? "" : ", as " + node.incarnation());
        if (!node.isLive()) {
            return Check.warn("node", node.name(), measured, "live", switch (node.liveness()) {
                case ABSENT, STOPPED -> "start it";
                case SUSPECT, LAPSED -> "look at the machine: it may be back by itself";
                case FENCED -> "repair and start it; if the machine is lost, 'node replace " + node.name() + "'";
                case LIVE -> throw new IllegalStateException("handled above");
            });
        }
        return node.whyNoGuests() == null
                ? Check.ok("node", node.name(), measured, "live")
                : Check.warn("node", node.name(), measured, "live", "'node maintenance off " + node.name()
                        + "', or start it anew, once it is to take guests again");
    }

    private Check guard(String node) {
        String kind = beats.newest(node).map(Heartbeat::guardKind).orElse(state.node(node).guardKind());
        if (kind == null) {
            return Check.warn("guard", node, "unknown: it has not beaten", "a guard", "start it");
        }
        if (kind.equals("none")) {
            return Check.fail("guard", node, "none", "a guard",
                    "it takes no guests, and nothing but 'fence confirm' discharges it: see its logs/guard.log");
        }
        return Check.ok("guard", node, kind.equals("process")
                ? "process; a machine that is frozen as a whole and resumed is not covered by one"
                : kind, "a guard");
    }

    /** Of a node that keeps volumes on one, as decided; room for guests is the cluster's to judge. */
    private static Optional<Check> pool(NodeState node) {
        PoolVerdict verdict = node.poolVerdict();
        if (verdict == null) {
            return Optional.empty();
        }
        return Optional.of(Check.of(switch (verdict.standing()) {
            case FIT -> Verdict.OK;
            case WARNS -> Verdict.WARN;
            case UNREADABLE, FULL, FAULTED -> Verdict.FAIL;
        }, "pool", node.name(), verdict.says(), "well, less than " + PoolHealth.WARNS_AT + " % used",
                "'zpool status' on the machine; replace the device, or make room"));
    }

    private Check settings(String node) {
        long inForce = state.settings().version();
        long runs = beats.newest(node).map(Heartbeat::settingsVersion).orElse(state.node(node).settingsVersion());
        boolean matters = state.node(node).isLive() && runs != inForce;
        return Check.of(matters ? Verdict.WARN : Verdict.OK, "settings", node, "v" + runs, "v" + inForce,
                "it takes them on with one of its next beats; if not, restart it");
    }

    /**
     * The verdict is by the reader who agrees most, of those whose readings tell enough: a node is not blamed for the
     * clock of one other.
     */
    private Check clock(String node) {
        Map<String, ClockRate> byReader = beats.ratesOf(node);
        if (byThisMachine.containsKey(node)) {
            byReader.put("this machine", byThisMachine.get(node));
        }
        double rho = state.settings().timing().rho();
        String limit = "within " + percent(rho);
        Verdict verdict = judged(byReader.values(), rho);
        if (byReader.isEmpty()) {
            return Check.ok("clock", node, "too few beats to tell", limit);
        }
        String measured = byReader.entrySet().stream()
                .map(entry -> rate(entry.getValue()) + " by " + entry.getKey())
                .collect(Collectors.joining(", "));
        return Check.of(verdict, "clock", node, measured, limit,
                "a clock that errs by more breaks what every fence relies on: look at the machine's clock source, "
                        + "or 'settings set' a larger rho");
    }

    /** Two clocks that each err by rho may part by twice as much. */
    static Verdict judged(Collection<ClockRate> rates, double rho) {
        double apart = 2 * rho / (1 - rho);
        List<ClockRate> known = rates.stream().filter(rate -> rate.uncertainty() <= apart).toList();
        double least = (known.isEmpty() ? rates : known).stream().mapToDouble(ClockRate::atLeast).min().orElse(0);
        return least > apart ? Verdict.FAIL : least > rho ? Verdict.WARN : Verdict.OK;
    }

    private static String rate(ClockRate rate) {
        return (rate.error() < 0 ? "-" : "+") + percent(Math.abs(rate.error())) + " (± " + percent(rate.uncertainty())
                + " in " + Span.of(rate.span()) + ")";
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.4f %%", fraction * 100);
    }

    private Check guest(GuestState guest) {
        if (guest.phase() instanceof GuestPhase.Errored errored) {
            return Check.fail("guest", guest.name(), "in error: " + errored.reason(), "runs and answers",
                    "look into its log, then 'guest clear " + guest.name() + "'");
        }
        if (!guest.isWanted()) {
            return Check.ok("guest", guest.name(), "not wanted: " + lower(guest.requested()), "as it is wanted");
        }
        if (guest.waiting() != null && guest.runners().isEmpty()) {
            return Check.fail("guest", guest.name(), "waits: " + guest.waiting().reason(), "runs and answers",
                    "'status' says what it waits for");
        }
        boolean answers = guest.phase() instanceof GuestPhase.Running running
                && running.answering()
                && state.node(running.runner().node()).isLive();
        return answers
                ? Check.ok("guest", guest.name(), "answers on " + runner(guest), "runs and answers")
                : Check.fail("guest", guest.name(), "does not answer", "runs and answers",
                        "'events --guest " + guest.name() + "' says what is under way");
    }

    /** By the freshest copy and by each: one that is late makes the next failover of two lose more. */
    private Optional<Check> copies(GuestState guest) {
        if (!(guest.phase() instanceof GuestPhase.Running running)) {
            return Optional.empty();
        }
        String owner = running.runner().node();
        Duration interval = guest.spec().replication().interval();
        Duration ran = beats.newest(owner)
                .filter(beat -> beat.incarnation().equals(running.runner().incarnation()))
                .map(beat -> running.since().elapsed(state.nodes()))
                .orElse(Duration.ZERO);
        Duration late = interval.multipliedBy(LATE).plus(ON_ITS_WAY);
        Duration tooLate = interval.multipliedBy(TOO_LATE).plus(ON_ITS_WAY);
        String limit = "at most " + DurationText.of(late) + " for an interval of " + DurationText.of(interval);
        Verdict verdict = guest.replication().isPaused() ? Verdict.WARN : Verdict.OK;
        List<String> ages = new ArrayList<>();
        List<Duration> known = new ArrayList<>();
        for (String target : state.settings().nodes()) {
            if (target.equals(owner)) {
                continue;
            }
            Optional<Duration> age = age(guest.replicas().get(target));
            Duration lag = age.orElse(ran);
            known.add(lag);
            ages.add(target + " " + age.map(Span::of).orElse("none of this life of " + owner));
            verdict = lag.compareTo(late) > 0 ? Verdict.worse(verdict, Verdict.WARN) : verdict;
        }
        boolean nothingFresh = known.stream().allMatch(lag -> lag.compareTo(tooLate) > 0);
        return Optional.of(Check.of(nothingFresh ? Verdict.FAIL : verdict, "copies", guest.name(),
                String.join(", ", ages) + (guest.replication().isPaused() ? ", paused" : ""), limit,
                "'replicas " + guest.name() + "' says why; 'replicate now " + guest.name() + "' tries at once"));
    }

    /** By the owner's clock up to its newest beat; empty if another life of it took the snapshot. */
    private Optional<Duration> age(Snapshot snapshot) {
        return snapshot == null
                ? Optional.empty()
                : beats.newest(snapshot.owner())
                        .filter(beat -> beat.incarnation().equals(snapshot.ownerIncarnation()))
                        .map(beat -> beat.sentAt().minus(snapshot.takenAt()))
                        .map(age -> age.isNegative() ? Duration.ZERO : age);
    }

    private static String runner(GuestState guest) {
        return ((GuestPhase.Running) guest.phase()).runner().node();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
