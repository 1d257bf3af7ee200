package dev.holdfast.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.NodeRules;
import dev.holdfast.core.guest.ProbeSpec;
import dev.holdfast.core.guest.ProbeTiming;
import dev.holdfast.core.guest.ReplicationPolicy;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.guest.RestartPolicy;
import dev.holdfast.core.guest.VolumeKind;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.ReplicaReport.ReplicationFailed;
import dev.holdfast.core.message.ReplicaReport.SnapshotDropped;
import dev.holdfast.core.message.ReplicaReport.SnapshotTaken;
import dev.holdfast.replication.volume.Pause;
import dev.holdfast.replication.volume.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run of a guest, copied by the plan, on request, or not at all. Time is what the test says it is. */
class OwnedGuestTest {

    private static final Owner OWNER = new Owner("a", Store.LIFE);
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final AtomicReference<Duration> now = new AtomicReference<>(Duration.ofSeconds(100));
    private final BlockingQueue<ReplicaReport> reports = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    private volatile SnapshotSender.Sent answer = new SnapshotSender.Sent.Arrived(7);
    private volatile OwnedProcess.State state = OwnedProcess.State.RUN;
    private OwnedGuest guest;

    @BeforeEach
    void begin() throws IOException {
        Store store = Store.open(folder.resolve("a"));
        store.driver.create(Store.GUEST);
        SnapshotSender sender = (name, snapshot, target) -> {
            sent.add(target + " " + snapshot.sequence());
            return answer;
        };
        OwnedProcess process = new OwnedProcess() {
            @Override
            public State state() {
                return state;
            }

            @Override
            public Pause pause() {
                return Pause.NOT_RUNNING;
            }
        };
        guest = new OwnedGuest(start(), OWNER, process, store.driver, now::get, reports::add,
                peer -> new TargetFeed(Store.GUEST, OWNER, peer, HOUR, sender, reports::add, now::get));
        guest.replicateTo(List.of("b"));
    }

    @AfterEach
    void end() {
        guest.close();
    }

    @Test
    void whatAPersonAsksForIsTakenBesideThePlanAndSaysForWhom() throws Exception {
        guest.replicateNow("command-1");

        SnapshotTaken taken = next(SnapshotTaken.class);
        assertThat(taken.command()).isEqualTo("command-1");
        assertThat(taken.next()).as("the first by the plan").isGreaterThan(now.get());
        assertThat(sent.poll(1, TimeUnit.MINUTES)).isEqualTo("b 1");
    }

    @Test
    void whatIsTakenGoesToTheNodesThatThereAreThen() throws Exception {
        guest.replicateTo(List.of("c"));
        guest.replicateNow("command-1");

        next(SnapshotTaken.class);
        assertThat(sent.poll(1, TimeUnit.MINUTES)).isEqualTo("c 1");
        guest.replicateTo(List.of("c", "d"));
        guest.replicateNow("command-2");
        next(SnapshotTaken.class);
        assertThat(List.of(sent.poll(1, TimeUnit.MINUTES), sent.poll(1, TimeUnit.MINUTES)))
                .containsExactlyInAnyOrder("c 2", "d 2");
    }

    @Test
    void aGuestThatIsHeldIsCopiedOnlyIfSomebodyAsks() throws Exception {
        guest.hold(true);
        now.updateAndGet(time -> time.plus(HOUR));
        guest.replicateNow("command-1");

        SnapshotTaken taken = next(SnapshotTaken.class);

        assertThat(taken.command()).isEqualTo("command-1");
        assertThat(taken.next()).isNull();
        assertThat(sent.poll(1, TimeUnit.MINUTES)).isEqualTo("b 1");
        assertThat(guest.status()).allSatisfy(status -> assertThat(status.paused()).isTrue());
    }

    @Test
    void aGuestThatIsHeldNoMoreIsCopiedAtOnceAndHasMissedNothing() throws Exception {
        guest.hold(true);
        guest.replicateNow("begun");
        next(SnapshotTaken.class);
        now.updateAndGet(time -> time.plus(HOUR.multipliedBy(5)));

        guest.hold(false);

        SnapshotTaken taken = next(SnapshotTaken.class);
        assertThat(taken.command()).isNull();
        assertThat(taken.missed()).isZero();
        assertThat(taken.next()).isGreaterThan(now.get());
    }

    @Test
    void aGuardThatDoesNotAnswerForAWhileIsNoEndOfTheCopies() throws Exception {
        guest.replicateNow("before");
        next(SnapshotTaken.class);
        state = OwnedProcess.State.UNKNOWN;
        guest.replicateNow("meanwhile");
        next(SnapshotTaken.class);
        state = OwnedProcess.State.RUN;

        guest.replicateNow("after");

        assertThat(next(SnapshotTaken.class).command()).isEqualTo("after");
    }

    @Test
    void whoAsksForACopyOfWhatHasEndedIsTold() throws Exception {
        state = OwnedProcess.State.DO_NOT_RUN;
        guest.replicateNow("command-1");
        guest.endSchedule(Duration.ofMinutes(1));

        assertThat(next(SnapshotDropped.class)).satisfies(dropped -> {
            assertThat(dropped.command()).isEqualTo("command-1");
            assertThat(dropped.reason()).isEqualTo("it does not run here any more");
        });
    }

    @Test
    void aFailureSaysWhenTheTargetIsTriedAgain() throws Exception {
        answer = new SnapshotSender.Sent.Failed("no route");
        guest.replicateNow("command-1");
        SnapshotTaken taken = next(SnapshotTaken.class);

        ReplicationFailed failed = next(ReplicationFailed.class);

        assertThat(failed.failures()).isEqualTo(1);
        assertThat(failed.reason()).isEqualTo("no route");
        assertThat(failed.snapshot()).isEqualTo(taken.snapshot());
        assertThat(failed.nextTry()).isEqualTo(now.get().plusSeconds(1));
    }

    @Test
    void aCopyThatAPersonWaitsForIsNotDelayedByFailuresBefore() throws Exception {
        answer = new SnapshotSender.Sent.Failed("no route");
        guest.replicateNow("command-1");
        next(SnapshotTaken.class);
        next(ReplicationFailed.class);
        answer = new SnapshotSender.Sent.Arrived(7);

        guest.replicateNow("command-2");

        assertThat(next(SnapshotTaken.class).command()).isEqualTo("command-2");
        assertThat(sent.poll(1, TimeUnit.MINUTES)).isEqualTo("b 1");
        assertThat(sent.poll(1, TimeUnit.MINUTES)).isEqualTo("b 2");
    }

    private <R extends ReplicaReport> R next(Class<R> kind) throws InterruptedException {
        ReplicaReport report = reports.poll(1, TimeUnit.MINUTES);
        assertThat(report).isInstanceOf(kind);
        return kind.cast(report);
    }

    private static StartGuest start() {
        return new StartGuest(Store.GUEST, 1, "a", Store.LIFE, false, new GuestSpec(
                Store.GUEST, List.of("run"), Map.of(), VolumeKind.DIRECTORY, null, 9000,
                new ProbeSpec.Tcp(ProbeTiming.DEFAULT), RestartPolicy.DEFAULT,
                new ReplicationPolicy(HOUR, Duration.ofSeconds(2), 3), null, RequestedState.STARTED, NodeRules.ANY,
                GuestSpec.DEFAULT_STOP_GRACE));
    }
}
