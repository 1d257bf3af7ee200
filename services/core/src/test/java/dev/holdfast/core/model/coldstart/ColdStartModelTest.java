package dev.holdfast.core.model.coldstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.model.Checker;
import dev.holdfast.core.model.Outcome;
import dev.holdfast.core.state.ClusterState;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cold start: the newest data wins in whatever order the voters return; without any clause of the rule it does not. */
class ColdStartModelTest {

    private static final int MOST_STATES = 300_000;

    private enum Assumed {
        ALL_RETURN(Setting.allReturn(), 8_400),
        ALL_RETURN_TO_A_LOG_ELSEWHERE(Setting.allReturnToALogElsewhere(), 9_600),
        ALL_RETURN_AND_ONE_IS_NEW(Setting.allReturnAndOneIsNew(), 8_400),
        ONE_FAILS_AGAIN(Setting.oneFailsAgain(), 23_000),
        ANY_ORDER(Setting.anyOrder(), 51_000),
        ANY_ORDER_AND_A_LOG_ELSEWHERE(Setting.anyOrderAndALogElsewhere(), 72_000);

        private final Setting setting;
        private final int states;

        /** @param states roughly: far fewer of them would mean that something cannot happen any more */
        Assumed(Setting setting, int states) {
            this.setting = setting;
            this.states = states;
        }
    }

    private enum Weakened {
        NOTHING_IS_NOTICED(Setting.allReturn(), Mistakes::nothingIsNoticed),
        A_MAJORITY_IS_ENOUGH(Setting.allReturn(), Mistakes::aMajorityIsEnough),
        A_NEWCOMER_KNOWS(Setting.allReturnAndOneIsNew(), Mistakes::aNewcomerKnows),
        SHORT_WAIT(Setting.allReturn(), Mistakes::shortWait);

        private final Setting setting;
        private final UnaryOperator<ClusterState> overlooked;

        Weakened(Setting setting, UnaryOperator<ClusterState> overlooked) {
            this.setting = setting;
            this.overlooked = overlooked;
        }
    }

    @ParameterizedTest
    @EnumSource
    void withTheRuleAsItIsTheNewestDataWins(Assumed world) {
        Outcome outcome = explore(world.setting, UnaryOperator.identity());

        assertThat(outcome.trace()).as(outcome.toString()).isEmpty();
        assertThat(outcome.states()).isGreaterThanOrEqualTo(world.states);
        boolean somebodyStaysAway = world.setting.backWithin() == 0;
        assertThat(outcome.taken().containsKey("a round of beats, and a promotion")).isEqualTo(somebodyStaysAway);
    }

    @ParameterizedTest
    @EnumSource
    void withoutAnyClauseOfTheRuleItDoesNot(Weakened rule) {
        Outcome outcome = explore(rule.setting, rule.overlooked);

        assertThat(outcome.holds()).as(outcome.toString()).isFalse();
    }

    private static Outcome explore(Setting setting, UnaryOperator<ClusterState> overlooked) {
        return Checker.explore(new ColdStartModel(setting, overlooked), MOST_STATES);
    }
}
