package dev.holdfast.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.client.GuardClient;
import dev.holdfast.guard.process.Markers;
import dev.holdfast.guard.process.NativeCalls;
import dev.holdfast.guard.process.ParentBound;
import dev.holdfast.guard.process.ProcessIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Supervisor, guard, services and guests as processes, killed and stopped in turn. Deaths are judged by /proc. */
class SupervisorIT {

    /** A main process with a child, a daemon that ignores termination, and a daemon without environment: 5 marks. */
    private static final String OBSTINATE = "(setsid sh -c 'trap \"\" TERM HUP; sleep $0; :' $1 &); "
            + "(env -i setsid sleep $1 &); sleep $1 & wait";

    private static final int OBSTINATE_PROCESSES = 5;

    private Machine machine;
    private Process supervisor;
    private Incarnation armed;

    @BeforeEach
    void startMachineWithAGuest() throws Exception {
        machine = new Machine();
        supervisor = machine.startSupervisor();
        armed = machine.awaitArmed();
        startGuest(OBSTINATE);
        machine.awaitMarked(OBSTINATE_PROCESSES);
    }

    @AfterEach
    void cleanUp() throws Exception {
        machine.close();
    }

    @Test
    void guestsOfKilledServicesDieAndTheServicesComeBackAsANewerIncarnation() throws Exception {
        ProcessIdentity services = machine.awaitRecorded("node");
        ProcessIdentity guard = machine.awaitRecorded("guard");

        services.kill();

        machine.awaitNoneMarked();
        machine.awaitArmedAfter(armed);
        assertThat(machine.awaitRecorded("node")).isNotEqualTo(services);
        assertThat(machine.awaitRecorded("guard")).isEqualTo(guard);
    }

    @Test
    void guestsOfStoppedServicesDieAndTheServicesAreReplaced() throws Exception {
        ProcessIdentity services = machine.awaitRecorded("node");

        Machine.signal(services, NativeCalls.SIGSTOP);

        machine.awaitNoneMarked();
        machine.await("the services' death", () -> !services.isAlive());
        machine.awaitArmedAfter(armed);
    }

    @Test
    void guestsOfAKilledGuardDieAndTheServicesArmTheNextGuardAsANewerIncarnation() throws Exception {
        ProcessIdentity services = machine.awaitRecorded("node");
        ProcessIdentity guard = machine.awaitRecorded("guard");

        guard.kill();

        machine.awaitNoneMarked();
        machine.awaitArmedAfter(armed);
        assertThat(machine.awaitRecorded("guard")).isNotEqualTo(guard);
        assertThat(machine.awaitRecorded("node")).isEqualTo(services);
    }

    @Test
    void aGuardThatIsStoppedIsTakenForDead() throws Exception {
        ProcessIdentity guard = machine.awaitRecorded("guard");

        Machine.signal(guard, NativeCalls.SIGSTOP);

        machine.awaitNoneMarked();
        machine.await("the guard's death", () -> !guard.isAlive());
        machine.awaitArmedAfter(armed);
    }

    @Test
    void nothingOutlivesAKilledSupervisor() throws Exception {
        Assumptions.assumeTrue(
                ParentBound.detect().hasDeathSignal(), "setpriv --pdeathsig is missing: the node is not bound");
        ProcessIdentity services = machine.awaitRecorded("node");
        ProcessIdentity guard = machine.awaitRecorded("guard");

        supervisor.destroyForcibly();

        machine.awaitNoneMarked();
        machine.await("the guard's end", () -> !guard.isAlive());
        machine.await("the services' end", () -> !services.isAlive());
    }

    @Test
    void whatOutlivesSupervisorAndGuardTogetherIsKilledByTheNextSupervisor() throws Exception {
        ProcessIdentity guard = machine.awaitRecorded("guard");
        Machine.identity(supervisor).kill();
        guard.kill();
        machine.await("the supervisor's end", () -> !supervisor.isAlive());

        // Only what cleared its environment cannot be known for a guest any more.
        startAgain();

        machine.awaitArmedAfter(armed);
        assertThat(machine.marked()).allMatch(
                        process -> Markers.valueOf(process.pid(), "MARK").isEmpty());
    }

    @Test
    void anOrderlyStopLeavesNothing() throws Exception {
        ProcessIdentity services = machine.awaitRecorded("node");
        ProcessIdentity guard = machine.awaitRecorded("guard");

        supervisor.destroy();

        machine.await("the supervisor's end", () -> !supervisor.isAlive());
        assertThat(machine.marked()).isEmpty();
        assertThat(guard.isAlive()).isFalse();
        assertThat(services.isAlive()).isFalse();
        assertThat(machine.recorded("guard")).isEmpty();
        assertThat(machine.recorded("supervisor")).isEmpty();
        assertThat(machine.run().resolve("stopping")).doesNotExist();
    }

    @Test
    void anotherSupervisorOfTheSameFolderRefusesToRun() throws Exception {
        Process second = machine.startSupervisor();

        machine.await("its end", () -> !second.isAlive());

        assertThat(second.exitValue()).isEqualTo(3);
        assertThat(machine.marked()).hasSize(OBSTINATE_PROCESSES);
    }

    private void startAgain() throws Exception {
        supervisor = machine.startSupervisor();
    }

    private void startGuest(String script) throws Exception {
        GuardClient client = machine.connect();
        client.start(machine.order("db", armed, script)).orThrow();
    }
}
