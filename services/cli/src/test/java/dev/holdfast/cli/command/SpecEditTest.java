package dev.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.NodeRules;
import dev.holdfast.core.guest.ProbeSpec;
import dev.holdfast.recovery.spec.GuestSpecFile;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecEditTest {

    private static final Path EXAMPLES = Path.of("../../infra/examples");

    @ParameterizedTest
    @ValueSource(strings = {"guest.yaml", "web-server.yaml"})
    void aSpecificationWrittenAsAFileReadsAsTheSameAgain(String example) {
        GuestSpec spec = SpecText.accepted(GuestSpecFile.read(EXAMPLES.resolve(example)));

        String written = SpecEdit.yaml(SpecText.fields(spec));

        assertThat(SpecText.accepted(GuestSpecFile.parse("written", written))).isEqualTo(spec);
    }

    @Test
    void fieldsAreSetByTheirNamesInTheFile() {
        GuestSpec changed = new SpecEdit(example())
                .set("replication.interval=5s")
                .set("maxDataLoss=10s")
                .set("nodes.preferred=[b, a]")
                .set("environment.TZ=Europe/Berlin")
                .set("probe.query=SELECT 2")
                .done();

        assertThat(changed.replication().interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(changed.maxDataLoss()).isEqualTo(Duration.ofSeconds(10));
        assertThat(changed.nodes().preferred()).containsExactly("b", "a");
        assertThat(changed.environment()).containsEntry("TZ", "Europe/Berlin");
        assertThat(((ProbeSpec.Sql) changed.probe()).query()).isEqualTo("SELECT 2");
    }

    @Test
    void aGuestCanBeToldToStayOnItsPool() {
        assertThat(example().nodes().leaveUnfitPool()).isTrue();
        assertThat(new SpecEdit(example()).set("nodes.leaveUnfitPool=false").done().nodes().leaveUnfitPool()).isFalse();
    }

    @Test
    void anEmptyValueBringsTheDefaultBack() {
        GuestSpec limited = new SpecEdit(example()).set("maxDataLoss=10s").set("nodes.allowed=[a]").done();

        GuestSpec changed = new SpecEdit(limited).set("maxDataLoss=").set("nodes=").set("environment.TZ=").done();

        assertThat(changed.maxDataLoss()).isNull();
        assertThat(changed.nodes()).isEqualTo(NodeRules.ANY);
        assertThat(changed.environment()).doesNotContainKey("TZ");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "replication.interval=often", "replication.intervall=5s", "port=0", "command=", "maxDataLoss.x=1", "interval", "=5",
        "name=other", "requestedState=stopped", "nodes.allowed=[a",
    })
    void whatCannotBeSetIsRefusedAsBadInput(String assignment) {
        assertThatThrownBy(() -> new SpecEdit(example()).set(assignment).done())
                .isInstanceOfSatisfying(Failure.class, refused -> {
                    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
                    assertThat(refused).hasMessageContaining(assignment.split("=|\\.")[0]);
                });
    }

    @Test
    void everyProblemOfAFileIsToldOnALineOfItsOwn() {
        assertThatThrownBy(() -> SpecText.accepted(GuestSpecFile.parse("g.yaml", "name: G\nport: many\n")))
                .hasMessageContaining("\n  g.yaml:1: name 'G'")
                .hasMessageContaining("\n  g.yaml:2: port 'many'");
    }

    static GuestSpec example() {
        return SpecText.accepted(GuestSpecFile.read(EXAMPLES.resolve("guest.yaml")));
    }

}
