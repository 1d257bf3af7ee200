package dev.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {

    @Test
    void whileTheLockIsHeldAnotherSaysDoubleAndGoesOn(@TempDir Path evidence) throws Exception {
        Witness first = Witness.begin(evidence, new GuestIdentity("g", "a", 1));
        Witness second = Witness.begin(evidence, new GuestIdentity("g", "b", 2));
        Witness other = Witness.begin(evidence, new GuestIdentity("h", "a", 1));
        second.exit();
        first.exit();
        other.exit();

        List<EvidenceLine> lines = lines(evidence.resolve("g.log"));
        assertThat(lines).filteredOn(line -> line.kind() == EvidenceLine.Kind.DOUBLE).singleElement()
                .satisfies(line -> assertThat(line.node()).isEqualTo("b"));
        assertThat(lines.getFirst().kind()).isEqualTo(EvidenceLine.Kind.START);
        assertThat(lines.getLast().kind()).isEqualTo(EvidenceLine.Kind.EXIT);
        assertThat(lines(evidence.resolve("h.log"))).noneMatch(line -> line.kind() == EvidenceLine.Kind.DOUBLE);
    }

    @Test
    void argumentsThatNobodyKnowsAreRefused() {
        assertThat(Arguments.parse(List.of("--guest=g", "--", "--guest=other"), Set.of("guest")))
                .satisfies(arguments -> {
                    assertThat(arguments.text("guest", null)).isEqualTo("g");
                    assertThat(arguments.rest()).containsExactly("--guest=other");
                });
        assertThatThrownBy(() -> Arguments.parse(List.of("--gest=g"), Set.of("guest")))
                .hasMessageContaining("'--gest=g' is not one of [guest]");
        assertThatThrownBy(() -> Arguments.parse(List.of("--epoch=x"), Set.of("epoch")).number("epoch", null))
                .hasMessageContaining("--epoch 'x' must be a whole number");
    }

    private static List<EvidenceLine> lines(Path log) throws Exception {
        return Files.readAllLines(log).stream().map(line -> EvidenceLine.parse(line).orElseThrow()).toList();
    }
}
