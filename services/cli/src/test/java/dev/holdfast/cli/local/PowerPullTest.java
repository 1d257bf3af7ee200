package dev.holdfast.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.local.NodeProcess.Role;
import dev.holdfast.guard.process.ProcessIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowerPullTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private DummyMachine victim;
    private DummyMachine bystander;

    @BeforeEach
    void twoMachines() {
        victim = new DummyMachine("a", folder.resolve("a"), UUID.randomUUID().toString());
        bystander = new DummyMachine("b", folder.resolve("b"), UUID.randomUUID().toString());
    }

    @AfterEach
    void leaveNothingBehind() {
        victim.close();
        bystander.close();
    }

    @Test
    void everyProcessOfTheNodeDiesAndNoneOfAnother() {
        victim.role("supervisor", "sh -c 'sleep 1000' & setsid sleep 1000 &");
        victim.role("guard", "true");
        victim.role("node", "sleep 1000 &");
        victim.strayGuest("db");
        bystander.role("supervisor", "sleep 1000 &");
        bystander.strayGuest("db");
        await(victim, 9);
        await(bystander, 5);

        Pulled pulled = PowerPull.pull(List.of("a"), List.of(victim.census()));

        assertThat(pulled.killed()).hasSizeGreaterThanOrEqualTo(9);
        assertThat(pulled.killed().getFirst().role()).isEqualTo(Role.SUPERVISOR);
        assertThat(pulled.killed()).filteredOn(process -> "db".equals(process.guest())).hasSizeGreaterThanOrEqualTo(2);
        // Dead when the pull returns; their entries go when whoever adopted them has reaped them.
        assertThat(Waiting.until(
                        () -> pulled.killed().stream().noneMatch(process -> process.identity().isAlive()),
                        Duration.ofSeconds(20)))
                .as("reaped: %s", pulled.killed())
                .isTrue();
        assertThat(victim.census().take()).isEmpty();
        assertThat(bystander.census().take()).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void severalNodesLoseTheirPowerTogether() {
        victim.role("supervisor", "true");
        bystander.role("supervisor", "true");

        Pulled pulled = PowerPull.pull(List.of("a", "b"), List.of(victim.census(), bystander.census()));

        assertThat(pulled.killed()).extracting(NodeProcess::node).contains("a", "b");
        assertThat(victim.census().take()).isEmpty();
        assertThat(bystander.census().take()).isEmpty();
    }

    @Test
    void whatForksAgainAndAgainIsFoundByLookingAgain() {
        victim.role("node", "while :; do sleep 0.05 & done 2>/dev/null");
        await(victim, 3);

        PowerPull.pull(List.of("a"), List.of(victim.census()));

        assertThat(victim.census().take()).isEmpty();
    }

    @Test
    void aPidThatNowBelongsToSomebodyElseIsLeftAlone() {
        ProcessIdentity stranger = bystander.role("node", "true");
        victim.write("node", stranger.pid() + " " + (stranger.startTicks() - 1));

        Pulled pulled = PowerPull.pull(List.of("a"), List.of(victim.census()));

        assertThat(pulled.killed()).isEmpty();
        assertThat(stranger.isAlive()).isTrue();
    }

    @Test
    void aHalfWrittenPidFileNamesNobody() {
        victim.write("guard", "12");

        assertThat(victim.census().take()).isEmpty();
    }

    private static void await(DummyMachine machine, int processes) {
        assertThat(Waiting.until(() -> machine.census().take().size() >= processes, SOON))
                .as("%s of %s processes: %s", machine.census().take().size(), processes, machine.census().take())
                .isTrue();
    }
}
