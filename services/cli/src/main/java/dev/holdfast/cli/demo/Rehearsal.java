package dev.holdfast.cli.demo;

import dev.holdfast.audit.fold.Past;
import dev.holdfast.audit.receipt.Receipt;
import dev.holdfast.audit.receipt.Receipts;
import dev.holdfast.audit.replay.Replay;
import dev.holdfast.audit.replay.ReplayResult;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.audit.ReceiptText;
import dev.holdfast.cli.local.Pulled;
import dev.holdfast.cli.local.Waiting;
import dev.holdfast.cli.read.Occurrence.Decided;
import dev.holdfast.cli.read.TopicTail;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.schemas.TopicCatalogue;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;

/**
 * Pulls plugs of one cluster, one after the other, and judges each. Knows what was killed before, so that a fence
 * without cause is told from one with.
 */
public final class Rehearsal {

    private static final Duration LOAD_WITHIN = Duration.ofSeconds(30);
    private static final Duration ROLES_WITHIN = Duration.ofSeconds(60);
    /** A run that misses its limit is measured on for this long: by how much it missed is worth knowing. */
    private static final Duration BEYOND_LIMIT = Duration.ofSeconds(60);
    private static final Duration NEWS_WITHIN = Duration.ofSeconds(10);
    private static final Duration CHECK_WITHIN = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final DemoCluster cluster;
    private final Narrator narrator;
    private final Set<String> killed = new HashSet<>();
    private int decisionsJudged;
    private int doubleRunsKnown;
    private String victim;
    private String loaded;
    private BitSet lost = new BitSet();
    private Moment pulledAt;
    private Optional<Receipt> receipt = Optional.empty();

    public Rehearsal(DemoCluster cluster) {
        this.cluster = cluster;
        this.narrator = cluster.narrator();
    }

    /** The node that was killed last; empty if the last run pulled nothing. */
    public Optional<String> victim() {
        return Optional.ofNullable(victim);
    }

    /** What the journal says of the outage in the last run; empty if there was none. */
    public Optional<Receipt> receipt() {
        return receipt;
    }

    /** {@link System#nanoTime} of the last kill; only if there was one. */
    public long pulledAtNanos() {
        return pulledAt.nanoTime();
    }

    /**
     * One run on a whole cluster. Afterwards the node killed is off: {@link #restore} brings it back.
     *
     * @throws Failure if the run cannot go on; what was measured until then is worth nothing
     */
    public RunResult run(int number, DemoSettings settings) {
        victim = null;
        pulledAt = null;
        receipt = Optional.empty();
        Story story = new Story(narrator);
        cluster.onDecision(story::decided);
        lost = new BitSet();
        String name = "run-" + number + "-" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
        loaded = name;
        try (LoadClient load = LoadClient.start(cluster.load(name), story)) {
            if (!Waiting.until(load::answering, LOAD_WITHIN)) {
                throw Failure.failed("the database does not answer the load client");
            }
            narrator.say("  load is on: 4 connections insert and read");
            WorstCase.Arranged target = choose(settings.pull());
            if (!target.missing().isEmpty()) {
                narrator.say("  nothing was pulled; verdict INVALID: " + target.missing());
                return RunResult.invalid(number, target.victim(), settings, settings.limitInForce(),
                        target.roles() == null ? List.of() : target.roles().heldBy(target.victim()), target.missing());
            }
            return pull(number, settings, load, story, target);
        } finally {
            cluster.onDecision(decided -> { });
        }
    }

    /**
     * Switches the node killed last on again and waits until the cluster is whole.
     *
     * @return what became of its data; empty if it held none that was superseded, or no node was killed
     */
    public Optional<Return> restore() {
        if (victim == null) {
            return Optional.empty();
        }
        narrator.say("");
        narrator.say("Switching " + victim + " on again");
        int before = cluster.log().count();
        int received = cluster.log().transfers(victim).size();
        cluster.restore(victim);
        Optional<Return> back = decisionsFrom(before).stream()
                .map(decided -> decided.decision().event())
                .filter(event -> event instanceof GuestEvent.VolumeSetAside aside && aside.node().equals(victim))
                .map(event -> back((GuestEvent.VolumeSetAside) event, received))
                .findFirst();
        back.ifPresent(returned -> returned.print(narrator, victim, lost.cardinality()));
        return back;
    }

    private Return back(GuestEvent.VolumeSetAside aside, int received) {
        List<ReplicaReport.Replicated> transfers = cluster.log().transfers(victim);
        return new Return(
                aside.aside(), aside.divergentBytes(), aside.aside().isEmpty() ? 0 : lostRowsIn(aside.aside()),
                transfers.get(received).bytes(), transfers.get(received).base() != null);
    }

    private int lostRowsIn(String branch) {
        try {
            BitSet kept = KeptBranch.rows(cluster.aside(victim, branch), loaded);
            kept.and(lost);
            return kept.cardinality();
        } catch (IOException unreadable) {
            throw Failure.failed(unreadable.getMessage(), unreadable);
        }
    }

    /** The victim, with copies of the loaded volume everywhere, at no chosen moment of the snapshots' rhythm. */
    private WorstCase.Arranged choose(Pull pull) {
        WorstCase.Arranged target = arranged(pull);
        if (!target.missing().isEmpty()) {
            return target;
        }
        cluster.awaitReplicas(Moment.now());
        Waiting.pause(Duration.ofMillis(ThreadLocalRandom.current().nextLong(
                1 + Math.min(cluster.interval().toMillis(), 10_000))));
        // Roles wander: what counts is who holds them right before the kill.
        WorstCase.Arranged now = arranged(pull);
        if (now.missing().isEmpty() && !now.victim().equals(target.victim())) {
            cluster.awaitReplicas(Moment.now());
        }
        return now;
    }

    private WorstCase.Arranged arranged(Pull pull) {
        if (pull.kind() == Pull.Kind.WORST) {
            return new WorstCase(cluster, ROLES_WITHIN).arrange();
        }
        try {
            Roles roles = cluster.roles().read();
            return switch (pull.kind()) {
                case OWNER, WORST -> {
                    Set<String> owner = roles.of(Role.GUEST);
                    yield new WorstCase.Arranged(owner.stream().findFirst().orElse(null), roles,
                            owner.isEmpty() ? "the guest does not answer" : "");
                }
                case NAMED -> new WorstCase.Arranged(pull.node(), roles, "");
            };
        } catch (ExecutionException noAnswer) {
            throw Failure.noAnswer("the brokers do not say who leads what: " + noAnswer.getCause().getMessage());
        }
    }

    private RunResult pull(int number, DemoSettings settings, LoadClient load, Story story, WorstCase.Arranged target) {
        victim = target.victim();
        List<Role> roles = target.roles().heldBy(victim);
        boolean guestHit = roles.contains(Role.GUEST);
        int before = cluster.log().count();
        Incarnation incarnation = cluster.present().map(state -> state.node(victim).incarnation())
                .orElseThrow(() -> Failure.failed("the state of the cluster cannot be read"));
        killed.add(victim + "/" + incarnation);
        kill(settings.how(), story, roles);
        Duration limit = settings.limitInForce();
        await(load, guestHit, limit, before, incarnation);
        Phases phases = Phases.of(decisionsFrom(before), victim, incarnation);
        Observed observed = new Observed(pulledAt, victim, guestHit, phases, load.gapOf(pulledAt.nanoTime()), limit);
        return judge(number, settings, load, roles, observed);
    }

    private void kill(How how, Story story, List<Role> roles) {
        narrator.say("");
        narrator.say("Pulling the plug of " + victim + (how == How.SILENCE ? ", its links fall silent first" : "")
                + ". It is " + (roles.isEmpty() ? "a bystander" : words(roles)));
        try {
            if (how == How.SILENCE) {
                cluster.local().links().silence(victim);
            }
        } catch (IOException gone) {
            throw Failure.failed("the links between the nodes do not answer: " + gone.getMessage(), gone);
        }
        Pulled pulled = cluster.local().kill(victim);
        pulledAt = Moment.of(pulled);
        story.pulled(pulledAt, victim, pulled);
    }

    private static String words(List<Role> roles) {
        List<String> words = roles.stream().map(Role::words).toList();
        return words.size() == 1 ? words.getFirst()
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }

    /** Until the guest answers again, or a bystander is fenced; and until the log has said so. */
    private void await(LoadClient load, boolean guestHit, Duration limit, int before, Incarnation incarnation) {
        Duration patience = limit.plus(BEYOND_LIMIT);
        if (guestHit) {
            boolean answered = Waiting.until(
                    () -> load.gapOf(pulledAt.nanoTime()).filter(Gap::ended).isPresent(), patience, LOOK);
            if (answered) {
                Waiting.until(() -> phases(before, incarnation).recovered().isPresent(), NEWS_WITHIN, LOOK);
            }
        } else {
            Waiting.until(() -> phases(before, incarnation).fenced().isPresent(), patience, LOOK);
        }
    }

    private Phases phases(int before, Incarnation incarnation) {
        return Phases.of(decisionsFrom(before), victim, incarnation);
    }

    private List<Decided> decisionsFrom(int from) {
        List<Decided> all = cluster.log().decisions();
        return all.subList(from, all.size());
    }

    private RunResult judge(int number, DemoSettings settings, LoadClient load, List<Role> roles, Observed observed) {
        narrator.say("  checking every row, the guests' evidence, and the journal");
        Optional<Snapshot> snapshot = observed.phases().snapshot();
        Optional<LoadReport> rows = check(load);
        rows.ifPresent(report -> lost = report.lost());
        DoubleRunReport evidence = evidence();
        int doubleRuns = evidence.findings().size() - doubleRunsKnown;
        doubleRunsKnown = evidence.findings().size();
        int falseFencings = (int) Phases.falseFencings(decisionsFrom(decisionsJudged), killed);
        ReplayResult replay = replay();
        decisionsJudged = cluster.log().count();
        Long brokenBy = snapshot.flatMap(promoted -> rows.flatMap(LoadReport::firstLostAt)
                .map(lostAt -> pulledAt.millisTo(pulledAt.nanoTimeOf(promoted.takenAt())) - pulledAt.millisTo(lostAt)))
                .orElse(null);
        Findings findings = new Findings(
                observed.guestHit(), settings.limitInForce().toMillis(), observed.fencedMs(), observed.answeredMs(),
                observed.outageMs(), rows.map(LoadReport::rowsLost).orElse(0), brokenBy,
                rows.map(report -> report.rowsLostLater() + report.rowsCorrupt()).orElse(0), doubleRuns,
                evidence.runs() == 0 ? 1 : evidence.unreadableLines(), falseFencings,
                replay.mismatches() + replay.faults().size());
        List<String> faults = findings.faults();
        if (rows.isEmpty()) {
            faults.add("the rows could not be checked");
        }
        RunResult result = new RunResult(
                number, victim, settings.how(), roles, settings.profile(), settings.storageName(), settings.interval(),
                settings.limitInForce().toMillis(), observed.suspectedMs(), observed.fencedMs(), observed.promotedMs(),
                observed.startedMs(), observed.answeredMs(), evidenceFromMs(observed.phases(), settings),
                observed.outageMs(), snapshot.map(promoted -> -pulledAt.millisTo(promoted.takenAt())).orElse(null),
                snapshot.flatMap(cluster.log()::pauseOf).orElse(null),
                rows.map(LoadReport::rowsAcknowledged).orElse(load.rowsAcknowledged()),
                rows.map(LoadReport::rowsLost).orElse(null), doubleRuns, falseFencings,
                faults.isEmpty() ? Verdict.PASS : Verdict.FAIL, faults.isEmpty() ? null : String.join("; ", faults), Optional.empty());
        observed.print(narrator, result, replay, evidence);
        receipt = observed.phases().recovered().flatMap(recovered -> filed(recovered.decision().sequence()));
        receipt.ifPresent(this::print);
        return result;
    }

    private Long evidenceFromMs(Phases phases, DemoSettings settings) {
        return phases.evidenceFrom(cluster.log()::beat, settings.timing().rho()).map(pulledAt::millisTo).orElse(null);
    }

    private Optional<LoadReport> check(LoadClient load) {
        try {
            return Optional.of(load.checkAfter(pulledAt.nanoTime(), CHECK_WITHIN));
        } catch (TimeoutException | ExecutionException unanswered) {
            narrator.say("  the rows cannot be checked: " + unanswered.getMessage());
            return Optional.empty();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw Failure.failed("interrupted");
        }
    }

    private DoubleRunReport evidence() {
        try {
            return DoubleRunChecker.check(cluster.evidence());
        } catch (IOException unreadable) {
            throw Failure.failed("the guests' evidence cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private Optional<Receipt> filed(long number) {
        try (TopicTail journal = cluster.access().tail(TopicCatalogue.AUDIT_JOURNAL).fromBeginning()) {
            List<Receipt> all = Receipts.of(new Past(cluster.access().codecs(), journal.valuesToEnd()));
            return Receipts.find(all, String.valueOf(number));
        }
    }

    private void print(Receipt found) {
        narrator.say("");
        ReceiptText.lines(found, cluster.local().config().name(), ZoneId.systemDefault()).forEach(narrator::say);
    }

    private ReplayResult replay() {
        try (TopicTail journal = cluster.access().tail(TopicCatalogue.AUDIT_JOURNAL).fromBeginning()) {
            return new Replay(cluster.access().codecs()).run(journal.valuesToEnd());
        }
    }
}
