package dev.holdfast.core.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GuestSpecTest {

    private static final ProbeSpec TCP = new ProbeSpec.Tcp(ProbeTiming.DEFAULT);

    @Test
    void aSpecWithDefaultsIsAccepted() {
        GuestSpec spec = spec("shop-db", List.of("${java}", "-version"), Map.of("B", "2", "A", "${node}"), null, 9092);

        assertThat(spec.environment().keySet()).containsExactly("A", "B");
        assertThat(spec.nodes().allows("anything")).isTrue();
    }

    @Test
    void everyBrokenRuleIsNamedWithFieldValueAndRule() {
        InvalidGuestSpec refused = catchThrowableOfType(InvalidGuestSpec.class,
                () -> spec("Shop_DB", List.of(), Map.of("1X", "v", "HOLDFAST_NODE", "b"), "localhost", 0));

        assertThat(refused.violations()).extracting(Violation::field).contains(
                "name", "command", "environment.1X", "environment.HOLDFAST_NODE", "address", "port");
        assertThat(refused).hasMessageContaining("port '0' must be 1 to 65535");
    }

    @Test
    void onlyOneIpv4AddressIsAnAddress() {
        Stream.of("127.77.100.1", "10.0.0.1", "255.255.255.255").forEach(good ->
                assertThat(spec("g", List.of("x"), Map.of(), good, 1).address()).isEqualTo(good));
        Stream.of("", "1.2.3", "1.2.3.4.5", "1.2.3.", "256.1.1.1", "01.2.3.4", "::1", "0.0.0.0", "a.b.c.d", "1.2.3.4 ")
                .forEach(bad -> assertThatThrownBy(() -> spec("g", List.of("x"), Map.of(), bad, 1))
                        .isInstanceOf(InvalidGuestSpec.class).hasMessageContaining("address"));
    }

    @Test
    void anUnknownPlaceholderIsRefusedWhenTheSpecIsMade() {
        assertThatThrownBy(() -> spec("g", List.of("run", "--dir=${volumes}"), Map.of("D", "${node"), null, 1))
                .hasMessageContaining("command[1] '--dir=${volumes}' uses the unknown placeholder ${volumes}")
                .hasMessageContaining("environment.D '${node' opens a placeholder");
    }

    @Test
    void aSpecTooLargeForOneRecordIsRefused() {
        assertThatThrownBy(() -> spec("g", List.of("x", "y".repeat(9_000), "z".repeat(9_000)), Map.of(), null, 1))
                .hasMessageContaining("at most 16384 characters together");
    }

    @Test
    void durationsOutsideTheirRangeAreRefusedInTheirOwnUnit() {
        assertThatThrownBy(() -> new ReplicationPolicy(Duration.ofMillis(999), Duration.ofSeconds(3), 0))
                .hasMessage("interval '999 ms' must be 1 s to 24 h; maxPause '3 s' must be 10 ms to 2 s; "
                        + "keep '0' must be 1 to 100; keepTargets '0' must be 1 to 100");
    }

    @Test
    void aPreferredNodeMustBeAllowed() {
        assertThatThrownBy(() -> new NodeRules(List.of("a", "b"), List.of("c"), false, true))
                .hasMessageContaining("preferred 'c' must also be in allowed [a, b]");
        assertThat(new NodeRules(List.of("a"), List.of("a"), false, true).allows("b")).isFalse();
    }

    @Test
    void theBackOffMayNotBeginAboveItsLimit() {
        assertThatThrownBy(() -> new RestartPolicy(1, Duration.ofMinutes(1), Duration.ofSeconds(5),
                Duration.ofSeconds(4), 1, Duration.ofHours(1))).hasMessageContaining("maxBackOff '4 s' must be 5 s to 1 h");
    }

    @Test
    void aPasswordIsNotPrinted() {
        assertThat(new ProbeSpec.Sql("jdbc:hsqldb:mem:x", "sa", "secret", "SELECT 1", ProbeTiming.DEFAULT).toString())
                .doesNotContain("secret");
    }

    private static GuestSpec spec(String name, List<String> command, Map<String, String> environment, String address,
                                  int port) {
        return new GuestSpec(name, command, environment, VolumeKind.DIRECTORY, address, port, TCP,
                RestartPolicy.DEFAULT, ReplicationPolicy.DEFAULT, null, RequestedState.STARTED, NodeRules.ANY,
                GuestSpec.DEFAULT_STOP_GRACE);
    }
}
