package dev.holdfast.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.simulator.fault.Fault;
import dev.holdfast.simulator.mutation.Parts;
import dev.holdfast.simulator.world.Simulation;
import dev.holdfast.simulator.world.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CampaignTest {

    @ParameterizedTest
    @CsvSource({"3, 120, 20000", "4, 40, 5000", "5, 40, 5000"})
    void whatIsToleratedNeverEndsInAViolation(int nodes, long inEveryBuild, long inALongOne) {
        Campaign.Plan plan = new Campaign.Plan(1, Budget.seeds(inEveryBuild, inALongOne), nodes, Fault.assumed());
        Told told = new Told();

        Campaign.Outcome outcome = Campaign.run(plan, told);

        assertThat(told.violations).isEmpty();
        assertThat(outcome.events()).isGreaterThan(1_000 * inEveryBuild);
        assertThat(outcome.coverage().rules()).containsKeys(
                "R1_INCARNATION", "R6_SILENCE", "R7_IGNORED", "R8_POSSIBLE_RUNNERS", "R10_FREEZE", "R11_PROMOTION");
    }

    @ParameterizedTest
    @CsvSource({"CLOCK_WRONG, 200", "WATCHDOG_LATE, 200", "LOST_UNSEEN, 400", "FROZEN, 100"})
    void whatIsBeyondThatIsFound(Fault fault, long most) {
        List<Fault> faults = List.of(fault, Fault.CUT_OUT, Fault.CUT_OFF);
        for (long seed = 1; seed <= most; seed++) {
            if (run(seed, faults).violation() != null) {
                return;
            }
        }
        throw new AssertionError(most + " runs with " + fault + " and no violation");
    }

    @Test
    void oneSeedIsOneRun() {
        for (long seed = 1; seed <= 5; seed++) {
            Simulation.Result one = run(seed, Fault.beyond());
            Simulation.Result again = run(seed, Fault.beyond());

            assertThat(again.trace()).isEqualTo(one.trace());
            assertThat(again.events()).isEqualTo(one.events());
            assertThat(again.coverage().rules()).isEqualTo(one.coverage().rules());
        }
        assertThat(run(1, Fault.assumed()).trace()).isNotEqualTo(run(2, Fault.assumed()).trace());
    }

    @Test
    void aPlanThatCannotBeRunIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Campaign.Plan(1, 0, 3, Fault.assumed())).withMessageContaining("seeds is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Campaign.Plan(1, 1, 7, Fault.assumed())).withMessageContaining("nodes is 7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.named("power-los")).withMessageContaining("power-loss");
    }

    private static Simulation.Result run(long seed, List<Fault> faults) {
        return Simulation.run(new Simulation.Order(seed, 3, faults, Parts.REAL, Set.of()), Story.untold());
    }

    private static final class Told implements Campaign.Listener {

        private final List<String> violations = new ArrayList<>();

        @Override
        public void at(long seeds, long events, long found) {
            // Nobody waits.
        }

        @Override
        public void violated(Simulation.Order order, Simulation.Result result) {
            violations.add("seed " + result.seed() + ": " + result.violation().invariant() + ": "
                    + result.violation().getMessage());
        }
    }
}
