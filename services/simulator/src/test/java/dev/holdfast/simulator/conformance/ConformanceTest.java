package dev.holdfast.simulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.node.ShutdownPolicy;
import dev.holdfast.simulator.conformance.Conformance.Outcome;
import dev.holdfast.simulator.conformance.Conformance.Verdict;
import dev.holdfast.simulator.conformance.Scenario.Expected;
import dev.holdfast.simulator.conformance.Scenario.Rule;
import dev.holdfast.simulator.conformance.Scenario.Service;
import dev.holdfast.simulator.conformance.Scenario.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A judge that cannot say no is none. */
class ConformanceTest {

    private static final String GUEST = "vm:7";

    private final List<Step> timeline = new ArrayList<>();
    private final Map<String, Duration> fenced = new HashMap<>();
    private final Map<String, String> placement = new HashMap<>();
    private Service service = service(RequestedState.STARTED, 0, false);
    private List<Rule> rules = List.of();
    private ShutdownPolicy policy = ShutdownPolicy.CONDITIONAL;
    private String state = "started";
    private boolean managed = true;
    private String decidedBy = "unmoved";
    private List<String> neverFenced = List.of();

    ConformanceTest() {
        List.of("n1", "n2", "n3").forEach(node -> step(10, "power_on", Map.of("node", node)));
        placement.put(GUEST, "n2");
    }

    @Test
    void aGuestThatIsLeftAloneRunsWhereItWasPut() {
        assertThat(judged().outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void aGuestSomewhereElseThanExpectedIsNoticed() {
        placement.put(GUEST, "n3");

        assertThat(judged()).isEqualTo(new Verdict(Outcome.FAILED, "vm:7 runs on n2, expected n3"));
    }

    @Test
    void anotherStateThanExpectedIsNoticed() {
        state = "stopped";

        assertThat(judged().reason()).isEqualTo("vm:7 is started, expected stopped");
    }

    @Test
    void aNodeThatWasNotFencedIsNoticedAndSoIsOneThatWas() {
        fenced.put("n1", Duration.ofSeconds(200));
        assertThat(judged().reason()).isEqualTo("n1 was never fenced");

        fenced.clear();
        neverFenced = List.of("n3");
        step(60, "network_off", Map.of("node", "n3"));
        assertThat(judged().reason()).isEqualTo("n3 was fenced");
    }

    @Test
    void aFenceThatComesTooLateIsNoticed() {
        step(60, "network_off", Map.of("node", "n3"));
        fenced.put("n3", Duration.ofSeconds(65));

        assertThat(judged().reason()).startsWith("n3 was fenced after").endsWith("expected 65");
    }

    @Test
    void theGuestOfALostNodeMayRunOnAnyOtherUnlessARuleSaysWhich() {
        // Given
        step(60, "power_off", Map.of("node", "n2"));
        fenced.put("n2", Duration.ofSeconds(200));
        decidedBy = "manager";

        // Then any node does
        placement.put(GUEST, "n3");
        assertThat(judged().outcome()).isEqualTo(Outcome.PASSED);
        placement.put(GUEST, "n1");
        assertThat(judged().outcome()).isEqualTo(Outcome.PASSED);

        // When a rule prefers one
        rules = List.of(new Rule(List.of(GUEST), Map.of("n2", 2, "n3", 1), false));
        assertThat(judged().reason()).isEqualTo("vm:7 runs on n3, expected n1");
    }

    @Test
    void anOrderlyShutdownCountsAsAFenceOnceNothingIsLeftThere() {
        step(60, "shutdown", Map.of("node", "n2"));
        fenced.put("n2", Duration.ofSeconds(150));
        decidedBy = "manager";

        assertThat(judged().outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void aGuestThatDoesNotStopIsInErrorAndGoesOnRunningWhenItIsRemoved() {
        service = service(RequestedState.STARTED, 0, true);
        step(60, "set_requested_state", Map.of("sid", GUEST, "state", "disabled"));
        state = "error";
        assertThat(judged().outcome()).isEqualTo(Outcome.PASSED);

        step(90, "delete_service", Map.of("sid", GUEST));
        assertThat(judged().reason()).contains("vm:7 is not managed");
        state = null;
        managed = false;
        assertThat(judged().outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void whatIsNotHereIsNeitherPassedNorFailed() {
        step(60, "disarm", Map.of("mode", "freeze"));
        placement.put(GUEST, "n3");

        assertThat(judged().outcome()).isEqualTo(Outcome.NOT_SUPPORTED);
        assertThat(judged().reason()).contains("disarmed");
    }

    @Test
    void aRebootUnderMigrateExpectsAWayBackThatIsNotHere() {
        policy = ShutdownPolicy.MIGRATE;
        step(60, "reboot", Map.of("node", "n2"));

        assertThat(judged().outcome()).isEqualTo(Outcome.NOT_SUPPORTED);
    }

    private void step(int seconds, String verb, Map<String, Object> args) {
        timeline.add(new Step(Duration.ofSeconds(seconds), verb, args));
    }

    private static Service service(RequestedState state, int failingStarts, boolean unstoppable) {
        return new Service("n2", state, 1, 1, true, failingStarts, null, 0, unstoppable);
    }

    private Verdict judged() {
        Map<String, String> states = new HashMap<>();
        states.put(GUEST, state);
        return Conformance.judge(new Scenario(
                "sample", "sample", "any-manager", Duration.ofSeconds(240), List.of("n1", "n2", "n3"),
                Map.of(GUEST, service), rules, policy, "n1", timeline, List.of(),
                new Expected(
                        fenced, neverFenced, placement, states, Map.of(GUEST, managed), Map.of(GUEST, decidedBy))));
    }
}
