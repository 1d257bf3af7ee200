package dev.holdfast.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.guard.Refusal;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.client.Answer;
import dev.holdfast.guard.client.GuardClient;
import dev.holdfast.guard.client.GuardListener;
import dev.holdfast.guard.process.NativeCalls;
import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.process.ProcessTable;
import dev.holdfast.guard.protocol.Exit;
import dev.holdfast.guard.protocol.GuardStatus;
import dev.holdfast.guard.protocol.GuestView;
import dev.holdfast.guard.protocol.Reply;
import dev.holdfast.guard.protocol.StartOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The guard alone with guests, the test being the services. Deaths are judged by /proc. */
class GuardIT {

    private static final Incarnation FIRST = new Incarnation(1, 1);
    private static final Incarnation SECOND = new Incarnation(1, 2);
    private static final Duration LEASE = Duration.ofSeconds(600);
    private static final Duration LONG_WD = Duration.ofSeconds(60);
    private static final String SLEEPS = "exec sleep $1";

    private final BlockingQueue<Reply.News> news = new LinkedBlockingQueue<>();
    private Machine machine;
    private GuardClient client;

    @BeforeEach
    void startGuard() throws Exception {
        machine = new Machine();
        machine.startGuard();
        client = machine.connect(new GuardListener() {
            @Override
            public void expiring(Reply.Expiring expiring) {
                // Otherwise the guard would take this process for services that hang.
                client.acknowledge(expiring.incarnation());
            }

            @Override
            public void expired(Reply.Expired expired) {
                news.add(expired);
            }

            @Override
            public void guestExited(Reply.GuestExited exited) {
                news.add(exited);
            }

            @Override
            public void thawed(Reply.Thawed thawed) {
                news.add(thawed);
            }
        });
    }

    @AfterEach
    void cleanUp() throws Exception {
        machine.close();
    }

    @Test
    void aStartIsRefusedUnlessArmed() {
        Answer<ProcessIdentity> answer = client.start(machine.order("db", FIRST, SLEEPS));

        assertThat(answer.refusal()).contains(Refusal.NOT_ARMED);
        assertThat(machine.marked()).isEmpty();
    }

    @Test
    void aStartForAnotherIncarnationIsRefused() {
        arm(SECOND, LONG_WD);

        Answer<ProcessIdentity> answer = client.start(machine.order("db", FIRST, SLEEPS));

        assertThat(answer.refusal()).contains(Refusal.OTHER_INCARNATION);
        assertThat(machine.marked()).isEmpty();
    }

    @Test
    void aGuestRunsOnceAndIsListedWithItsProcesses() {
        arm(FIRST, LONG_WD);
        ProcessIdentity main = start("db", "sleep $1 & sleep $1 & wait");
        machine.awaitMarked(3);

        assertThat(client.start(machine.order("db", FIRST, SLEEPS)).refusal()).contains(Refusal.ALREADY_RUNNING);
        GuestView guest = client.list().orThrow().getFirst();
        assertThat(guest.main()).isEqualTo(main);
        assertThat(guest.phase()).isEqualTo(GuestView.Phase.RUNNING);
        assertThat(guest.processes()).containsExactlyInAnyOrderElementsOf(machine.marked());
    }

    @Test
    void anUnfedGuardKillsItsGuestsAndProvesIt() throws Exception {
        arm(FIRST, Duration.ofMillis(500));
        ProcessIdentity main = start("db", SLEEPS);

        machine.awaitNoneMarked();

        Reply.Expired expired = next(Reply.Expired.class);
        assertThat(expired.incarnation()).isEqualTo(FIRST);
        assertThat(expired.killed()).contains(main);
    }

    @Test
    void feedingKeepsGuestsAliveBeyondTheFirstDeadline() throws Exception {
        arm(FIRST, Duration.ofSeconds(1));
        start("db", SLEEPS);
        for (int i = 0; i < 12; i++) {
            Thread.sleep(200);
            client.checkIn(FIRST).orThrow();
            client.feed(FIRST, machine.lease(LEASE), Duration.ofSeconds(1)).orThrow();
        }

        assertThat(machine.marked()).hasSize(1);
    }

    @Test
    void expiryIsLatchedUntilANewerIncarnationArms() throws Exception {
        arm(FIRST, Duration.ofMillis(300));
        next(Reply.Expired.class);

        assertThat(client.feed(FIRST, machine.lease(LEASE), LONG_WD).refusal()).contains(Refusal.EXPIRED);
        assertThat(client.start(machine.order("db", FIRST, SLEEPS)).refusal()).contains(Refusal.EXPIRED);
        assertThat(client.arm(FIRST, machine.lease(LEASE), LONG_WD).refusal()).contains(Refusal.NOT_NEWER);
        assertThat(client.arm(SECOND, machine.lease(LEASE), LONG_WD).isGiven()).isTrue();
        assertThat(client.start(machine.order("db", SECOND, SLEEPS)).isGiven()).isTrue();
    }

    @Test
    void aLeaseThatEndsWithinWdCanNeitherArmNorFeed() {
        assertThat(client.arm(FIRST, machine.lease(Duration.ofSeconds(59)), LONG_WD).refusal())
                .contains(Refusal.LEASE_TOO_SHORT);

        arm(FIRST, LONG_WD);

        assertThat(client.feed(FIRST, machine.lease(Duration.ofSeconds(59)), LONG_WD).refusal())
                .contains(Refusal.LEASE_TOO_SHORT);
    }

    @Test
    void feedingIsRefusedWhenRecoveryHasBeenSilentForThreeWd() throws Exception {
        Duration wd = Duration.ofMillis(500);
        arm(FIRST, wd);
        start("db", SLEEPS);
        Answer<Duration> answer = client.feed(FIRST, machine.lease(LEASE), wd);
        while (answer.isGiven()) {
            Thread.sleep(100);
            answer = client.feed(FIRST, machine.lease(LEASE), wd);
        }

        assertThat(answer.refusal()).contains(Refusal.RECOVERY_SILENT);
        machine.awaitNoneMarked();
    }

    @Test
    void onlyTheArmingConnectionMayFeedGiveUpAndDisarm() throws Exception {
        arm(FIRST, LONG_WD);
        GuardClient other = machine.connect();

        assertThat(other.feed(FIRST, machine.lease(LEASE), LONG_WD).refusal())
                .contains(Refusal.NOT_THE_ARMING_CONNECTION);
        assertThat(other.giveUp(FIRST, "no").refusal()).contains(Refusal.NOT_THE_ARMING_CONNECTION);
        assertThat(other.disarm(FIRST).refusal()).contains(Refusal.NOT_THE_ARMING_CONNECTION);
        assertThat(other.checkIn(FIRST).isGiven()).isTrue();
    }

    @Test
    void theEndOfTheArmingConnectionIsALapse() throws Exception {
        arm(FIRST, LONG_WD);
        start("db", SLEEPS);
        machine.awaitMarked(1);
        GuardClient observer = machine.connect();

        client.close();

        machine.awaitNoneMarked();
        machine.await("the proof", () -> observer.status().orThrow().state() == GuardStatus.State.EXPIRED);
        // This process armed: without an acknowledgement the guard would kill it.
        assertThat(observer.acknowledge(FIRST).isGiven()).isTrue();
    }

    @Test
    void givingUpKillsAtOnce() throws Exception {
        arm(FIRST, LONG_WD);
        start("db", SLEEPS);

        client.giveUp(FIRST, "the lease is gone").orThrow();

        machine.awaitNoneMarked();
        next(Reply.Expired.class);
    }

    @Test
    void disarmingIsRefusedWhileAGuestLives() throws Exception {
        arm(FIRST, LONG_WD);
        start("db", SLEEPS);

        assertThat(client.disarm(FIRST).refusal()).contains(Refusal.GUESTS_ALIVE);
        client.stop("db", 1, Duration.ZERO).orThrow();

        assertThat(client.disarm(FIRST).isGiven()).isTrue();
        assertThat(client.arm(FIRST, machine.lease(LEASE), LONG_WD).refusal()).contains(Refusal.NOT_NEWER);
    }

    @Test
    void aDaemonisedChildThatIgnoresTerminationDiesOnExpiry() {
        arm(FIRST, Duration.ofSeconds(5));
        start("db", "(setsid sh -c 'trap \"\" TERM HUP; sleep $0 & wait; sleep $0' $1 &); exec sleep $1");
        machine.awaitMarked(3);

        machine.awaitNoneMarked();
    }

    @Test
    void aDaemonisedChildWithoutEnvironmentDiesOnExpiry() {
        arm(FIRST, Duration.ofSeconds(5));
        start("db", "(env -i setsid sh -c 'sleep $0; :' $1 &); exec sleep $1");
        machine.awaitMarked(3);

        machine.awaitNoneMarked();
    }

    @Test
    void aStoppedGuestDiesOnExpiry() {
        arm(FIRST, Duration.ofSeconds(5));
        ProcessIdentity main = start("db", "sleep $1 & wait");
        machine.awaitMarked(2);
        Machine.signal(main, NativeCalls.SIGSTOP);

        machine.awaitNoneMarked();
    }

    @Test
    void aHelperDiesWithTheGuests() throws Exception {
        arm(FIRST, Duration.ofSeconds(2));
        Process helper = machine.start("helper", List.of("sleep", machine.mark()));
        client.addHelper(Machine.identity(helper)).orThrow();

        machine.awaitNoneMarked();
    }

    @Test
    void stoppingTerminatesTheMainProcessFirst() {
        arm(FIRST, LONG_WD);
        start("db", "trap 'exit 7' TERM; sleep $1 & wait");
        machine.awaitMarked(2);

        Exit exit = client.stop("db", 1, Duration.ofSeconds(30)).orThrow();

        assertThat(exit).isEqualTo(new Exit(7, 0));
        assertThat(machine.marked()).isEmpty();
    }

    @Test
    void stoppingKillsWhatIgnoresTerminationAndItsDaemonsAfterTheGrace() {
        arm(FIRST, LONG_WD);
        start("db", "trap '' TERM; (env -i setsid sh -c 'sleep $0; :' $1 &); while :; do sleep 0.1; done");
        machine.awaitMarked(3);

        Exit exit = client.stop("db", 1, Duration.ofMillis(300)).orThrow();

        assertThat(exit).isEqualTo(new Exit(0, NativeCalls.SIGKILL));
        assertThat(machine.marked()).isEmpty();
        assertThat(client.list().orThrow()).isEmpty();
    }

    @Test
    void stoppingOneGuestLeavesTheOthersAlone() {
        arm(FIRST, LONG_WD);
        start("db", "(setsid sleep $1 &); exec sleep $1");
        ProcessIdentity other = start("web", "(setsid sleep $1 &); exec sleep $1");
        machine.awaitMarked(4);

        client.stop("db", 1, Duration.ZERO).orThrow();

        assertThat(machine.marked()).hasSize(2).contains(other);
    }

    @Test
    void stoppingAnotherEpochIsRefused() {
        arm(FIRST, LONG_WD);
        start("db", SLEEPS);

        assertThat(client.stop("db", 2, Duration.ZERO).refusal()).contains(Refusal.OTHER_EPOCH);
        assertThat(client.stop("web", 1, Duration.ZERO).refusal()).contains(Refusal.NO_SUCH_GUEST);
    }

    @Test
    void aGuestThatEndsTakesItsRemainingProcessesAlongBeforeItIsReported() throws Exception {
        arm(FIRST, LONG_WD);
        start("db", "(setsid sleep $1 &); sleep 0.3; exit 3");

        Reply.GuestExited exited = next(Reply.GuestExited.class);

        assertThat(exited.exit()).isEqualTo(new Exit(3, 0));
        assertThat(exited.leftovers()).isEqualTo(1);
        assertThat(exited.asked()).isFalse();
        assertThat(machine.marked()).isEmpty();
    }

    @Test
    void afterwardsTheGuestCanBeStartedAgain() throws Exception {
        arm(FIRST, LONG_WD);
        start("db", "exit 0");
        next(Reply.GuestExited.class);

        assertThat(client.start(machine.order("db", FIRST, SLEEPS)).isGiven()).isTrue();
    }

    @Test
    void aCommandThatCannotRunIsRefusedWithItsReason() {
        arm(FIRST, LONG_WD);
        var order = machine.order("db", FIRST, SLEEPS);
        var missing = new StartOrder(
                "db",
                1,
                FIRST,
                List.of("/no/such/program"),
                order.environment(),
                order.directory(),
                order.log());

        assertThat(client.start(missing).refusal()).contains(Refusal.INVALID);
        assertThat(client.list().orThrow()).isEmpty();
    }

    @Test
    void freezingBringsEveryProcessToAStandAndThawingLetsThemRunOn() {
        arm(FIRST, LONG_WD);
        start("db", "(setsid sleep $1 &); sleep $1 & wait");
        machine.awaitMarked(3);

        int frozen = client.freeze("db", Duration.ofSeconds(2)).orThrow();

        assertThat(frozen).isEqualTo(3);
        assertThat(machine.marked()).allMatch(process -> Machine.state(process) == 'T');
        assertThat(client.list().orThrow().getFirst().phase()).isEqualTo(GuestView.Phase.FROZEN);
        client.thaw("db").orThrow();
        machine.await("all to run", () -> machine.marked().stream().allMatch(one -> Machine.state(one) == 'S'));
        assertThat(client.thaw("db").refusal()).contains(Refusal.NOT_RUNNING);
    }

    @Test
    void aFreezeEndsByItself() throws Exception {
        arm(FIRST, LONG_WD);
        ProcessIdentity main = start("db", SLEEPS);
        client.freeze("db", Duration.ofMillis(300)).orThrow();

        machine.await("the thaw", () -> Machine.state(main) == 'S');

        assertThat(next(Reply.Thawed.class).overdue()).isTrue();
        assertThat(client.freeze("db", Duration.ofSeconds(3)).refusal()).contains(Refusal.INVALID);
    }

    @Test
    void aGuestThatForksWithoutEndIsFrozenStoppedAndGone() {
        arm(FIRST, LONG_WD);
        start("db", "while :; do sh -c 'sleep 0.05; :' $1 & sleep 0.002; done");
        machine.await("some children", () -> machine.marked().size() > 5);

        client.freeze("db", Duration.ofSeconds(2)).orThrow();
        assertThat(machine.marked()).isNotEmpty().allMatch(process -> Machine.state(process) == 'T');
        client.stop("db", 1, Duration.ZERO).orThrow();

        assertThat(machine.marked()).isEmpty();
    }

    @Test
    void startsThatRaceAnExpiryDoNotSurviveIt() throws Exception {
        for (int k = 1; k <= 5; k++) {
            Incarnation incarnation = new Incarnation(1, k);
            machine.await(
                    "to be armed",
                    () -> client.arm(incarnation, machine.lease(LEASE), Duration.ofMillis(300)).isGiven());
            for (int i = 0; client.start(machine.order("g" + i, incarnation, SLEEPS)).isGiven() && i < 60; i++) {
                Thread.sleep(3);
            }
            next(Reply.Expired.class);
            assertThat(machine.marked()).isEmpty();
        }
    }

    @Test
    void theKernelKillsTheMainProcessOfAGuestWhoseGuardIsKilled() {
        Assumptions.assumeTrue(
                client.status().orThrow().parentDeathSignal(), "setpriv --pdeathsig is missing: guests are not bound");
        arm(FIRST, LONG_WD);
        start("db", SLEEPS);
        machine.awaitMarked(1);

        client.guard().guard().kill();

        machine.awaitNoneMarked();
    }

    @Test
    void theNextGuardRemovesTheSocketOfAKilledOne() throws Exception {
        Path left = Endpoint.read(machine.run());
        client.guard().guard().kill();
        machine.await("its lock", () -> !client.guard().guard().isPresent());

        try (Machine another = new Machine()) {
            another.startGuard();

            assertThat(left).doesNotExist();
            assertThat(Endpoint.read(another.run())).exists();
        }
    }

    @Test
    void aSecondGuardOfTheSameFolderRefusesToRun() throws Exception {
        Process second = machine.start("second", machine.guardCommand());

        machine.await("its end", () -> !second.isAlive());

        assertThat(second.exitValue()).isEqualTo(3);
        assertThat(client.status().isGiven()).isTrue();
    }

    @Test
    void orphansAreReaped() throws Exception {
        arm(FIRST, LONG_WD);
        ProcessIdentity main = start("db", "for i in 1 2 3 4 5; do (setsid sleep 0.0$i &); done; exec sleep $1");
        ProcessIdentity guard = client.guard().guard();

        machine.await("the zombies to go", () -> ProcessTable.read()
                .childrenOf(guard.pid())
                .stream()
                .map(entry -> entry.identity())
                .toList()
                .equals(List.of(main)));
    }

    private void arm(Incarnation incarnation, Duration wd) {
        machine.await("the guard to arm", () -> {
            Answer<Duration> answer = client.arm(incarnation, machine.lease(LEASE), wd);
            assertThat(answer.refusal()).matches(no -> no.isEmpty() || no.get() == Refusal.GUESTS_ALIVE);
            return answer.isGiven();
        });
    }

    private ProcessIdentity start(String guest, String script) {
        return client.start(machine.order(guest, armed(), script)).orThrow();
    }

    private Incarnation armed() {
        return client.status().orThrow().incarnation();
    }

    private <T extends Reply.News> T next(Class<T> type) throws InterruptedException {
        while (true) {
            Reply.News message = news.poll(40, TimeUnit.SECONDS);
            assertThat(message).as("news of " + type.getSimpleName()).isNotNull();
            if (type.isInstance(message)) {
                return type.cast(message);
            }
        }
    }
}
