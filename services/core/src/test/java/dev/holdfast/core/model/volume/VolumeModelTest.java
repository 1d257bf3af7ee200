package dev.holdfast.core.model.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.model.Checker;
import dev.holdfast.core.model.Outcome;
import dev.holdfast.core.volume.ReplicaFloor.Purpose;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** R11: nothing is rolled back while a volume changes hands; without any clause of the rule, something is. */
class VolumeModelTest {

    private static final int MOST_STATES = 300_000;

    private enum Assumed {
        FAILURES(Setting.nodesThatFail(), 12_000),
        MOVES(Setting.moves(), 56_000),
        FAILURES_AND_A_MOVE(Setting.failuresAndAMove(), 84_000),
        THREE_NODES(Setting.threeNodes(), 209_000);

        private final Setting setting;
        private final int states;

        /** @param states roughly: far fewer of them would mean that something cannot happen any more */
        Assumed(Setting setting, int states) {
            this.setting = setting;
            this.states = states;
        }
    }

    private enum Weakened {
        PROMOTED_WITHOUT_FLOOR(Setting.nodesThatFail(), Mistakes::promotedWithoutFloor),
        RECEIVE_OF_A_LOWER_EPOCH(Setting.nodesThatFail(), () -> Mistakes.admitted(Purpose.RECEIVE)),
        SET_ASIDE_OF_A_LOWER_EPOCH(Setting.nodesThatFail(), () -> Mistakes.admitted(Purpose.SET_ASIDE)),
        PROMOTION_OF_A_LOWER_EPOCH(Setting.moves(), () -> Mistakes.admitted(Purpose.PROMOTE)),
        RECEIVES_LEFT_ALIVE(Setting.nodesThatFail(), Mistakes::receivesLeftAlive),
        FLOOR_ONLY_IN_MEMORY(Setting.nodesThatFail(), Mistakes::floorOnlyInMemory),
        PROMOTED_AGAIN(Setting.failuresAndAMove(), Mistakes::promotedAgain),
        ANY_PROMOTION_COUNTS(Setting.nodesThatFail(), Mistakes::anyPromotionCounts),
        LAST_REPORT_IS_BELIEVED(Setting.threeNodes(), Mistakes::lastReportIsBelieved);

        private final Setting setting;
        private final Supplier<Rules> rules;

        Weakened(Setting setting, Supplier<Rules> rules) {
            this.setting = setting;
            this.rules = rules;
        }
    }

    /** Clauses that the others cover already, as far as this model sees. */
    private enum SecondLine {
        INCARNATION_NOT_COMPARED(Mistakes::incarnationNotCompared),
        MINIMUM_IGNORED(Mistakes::minimumIgnored);

        private final Supplier<Rules> rules;

        SecondLine(Supplier<Rules> rules) {
            this.rules = rules;
        }
    }

    @ParameterizedTest
    @EnumSource
    void withTheRuleAsItIsNothingIsRolledBack(Assumed world) {
        Outcome outcome = explore(world.setting, new Rules());

        assertThat(outcome.trace()).as(outcome.toString()).isEmpty();
        assertThat(outcome.states()).isGreaterThanOrEqualTo(world.states);
        assertThat(outcome.taken()).containsKeys("the new live volume is made", "a stream is stored");
    }

    @ParameterizedTest
    @EnumSource
    void withoutAnyClauseOfTheRuleSomethingIs(Weakened rule) {
        Outcome outcome = explore(rule.setting, rule.rules.get());

        assertThat(outcome.holds()).as(outcome.toString()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aSecondLineIsNotNeededWhereTheFirstHolds(SecondLine rule) {
        Outcome outcome = explore(Setting.nodesThatFail(), rule.rules.get());

        assertThat(outcome.trace()).as(outcome.toString()).isEmpty();
    }

    private static Outcome explore(Setting setting, Rules rules) {
        return Checker.explore(new VolumeModel(setting, rules), MOST_STATES);
    }
}
