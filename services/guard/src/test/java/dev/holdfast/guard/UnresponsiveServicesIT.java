package dev.holdfast.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.client.GuardClient;
import dev.holdfast.guard.process.NativeCalls;
import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.protocol.GuardStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the guard does to services that do not come back after an expiry, and to those that do. */
class UnresponsiveServicesIT {

    private Machine machine;

    @BeforeEach
    void startGuard() throws Exception {
        machine = new Machine();
        machine.startGuard();
    }

    @AfterEach
    void cleanUp() throws Exception {
        machine.close();
    }

    @Test
    void servicesThatDoNotAcknowledgeAnExpiryAreKilled() throws Exception {
        ProcessIdentity services = expireOf("silent");

        machine.await("the services' death", () -> !services.isAlive());
    }

    @Test
    void servicesThatAcknowledgeLiveAndArmAgain() throws Exception {
        ProcessIdentity services = Machine.identity(machine.startServices());
        Incarnation first = machine.awaitArmed();
        GuardClient observer = machine.connect();
        Machine.signal(services, NativeCalls.SIGSTOP);
        machine.await("the expiry", () -> observer.status().orThrow().state() == GuardStatus.State.EXPIRED);

        Machine.signal(services, NativeCalls.SIGCONT);

        machine.awaitArmedAfter(first);
        assertThat(services.isAlive()).isTrue();
    }

    private ProcessIdentity expireOf(String kind) throws Exception {
        ProcessIdentity services = Machine.identity(machine.startServices(kind));
        machine.awaitArmed();
        GuardClient observer = machine.connect();
        Machine.signal(services, NativeCalls.SIGSTOP);
        machine.await("the expiry", () -> observer.status().orThrow().state() == GuardStatus.State.EXPIRED);
        Machine.signal(services, NativeCalls.SIGCONT);
        return services;
    }
}
