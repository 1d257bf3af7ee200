package dev.holdfast.core.model.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.model.Checker;
import dev.holdfast.core.model.Outcome;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * R6: with its T and all of its clauses no node is fenced whose guest can still run; without any one of them, some
 * node is.
 */
class SilenceModelTest {

    private static final int MOST_STATES = 2_000_000;

    /** The rule as it is, in the worlds it is made for. */
    private enum Assumed {
        TWO_BEATS(Setting.twoBeats(), 613_000),
        THREE_BEATS_OF_SHORT_LEASES(Setting.threeBeatsOfShortLeases(), 181_000),
        ONE_BEAT_AND_CLOCKS_THAT_ERR(Setting.oneBeatAndClocksThatErr(), 82_000),
        TWO_BEATS_AND_CLOCKS_THAT_ERR(Setting.twoBeatsAndClocksThatErr(), 414_000),
        LONGER_LEASE_FIRST(Setting.longerLeaseFirst(), 120_000),
        WITNESSES_THAT_RESTART(Setting.witnessesThatRestart(), 58_000);

        private final Setting setting;
        private final int states;

        /** @param states roughly: far fewer of them would mean that something cannot happen any more */
        Assumed(Setting setting, int states) {
            this.setting = setting;
            this.states = states;
        }
    }

    /** The rule without one of its clauses, each in the smallest world that shows it. */
    private enum Weakened {
        T_ONE_TICK_SHORT(Setting.oneBeat(), Mistakes::oneTickShort),
        NO_WATCHDOG_TERM(Setting.oneBeat(), Mistakes::withoutWatchdogTerm),
        NO_DRIFT(Setting.oneBeatAndClocksThatErr(), Mistakes::withoutDrift),
        READERS_SETTINGS(Setting.longerLeaseFirst(), Mistakes::readersSettings),
        NEWEST_BEAT_ONLY(Setting.longerLeaseFirst(), Mistakes::newestBeatOnly),
        NO_CAUSALITY(Setting.oneBeat(), Mistakes::withoutCausality),
        OLDER_READING_COUNTS(Setting.twoBeatsOfShortLeases(), Mistakes::olderReadingCounts),
        BASES_KEPT(Setting.twoBeatsOfShortLeases(), Mistakes::basesKept),
        LIVES_OF_A_WITNESS_MIXED(Setting.witnessesThatRestart(), Mistakes::livesOfAWitnessMixed),
        LEASE_FROM_ACKNOWLEDGEMENT(Setting.oneBeat(), Mistakes::leaseFromAcknowledgement),
        FIRST_LEASE_UNCHAINED(Setting.twoBeatsAndNotLong(), Mistakes::firstLeaseUnchained),
        RENEWED_WITHOUT_LOOKING(Setting.twoBeatsAndNotLong(), Mistakes::renewedWithoutLooking),
        FED_TO_THE_END_OF_THE_LEASE(Setting.oneBeat(), Mistakes::fedToTheEndOfTheLease);

        private final Setting setting;
        private final Supplier<Rules> rules;

        Weakened(Setting setting, Supplier<Rules> rules) {
            this.setting = setting;
            this.rules = rules;
        }
    }

    /** The rule as it is, in worlds that it cannot bear: what it takes for granted is really needed. */
    private enum Beyond {
        CLOCKS_BEYOND_RHO(Setting.clocksBeyondRho(), Rules::new),
        WATCHDOG_LATER_THAN_THE_MARGIN(Setting.watchdogLaterThanTheMargin(), Rules::new),
        WATCHDOG_WOUND_UP_AFTER_ITS_END(Setting.oneBeat(), Mistakes::woundUpAfterItsEnd);

        private final Setting setting;
        private final Supplier<Rules> rules;

        Beyond(Setting setting, Supplier<Rules> rules) {
            this.setting = setting;
            this.rules = rules;
        }
    }

    @ParameterizedTest
    @EnumSource
    void withTheRuleAsItIsNoNodeIsFencedWhoseGuestCanStillRun(Assumed world) {
        Outcome outcome = explore(world.setting, new Rules());

        assertThat(outcome.trace()).as(outcome.toString()).isEmpty();
        assertThat(outcome.taken()).containsKey("a feeds the watchdog");
        assertThat(outcome.states()).isGreaterThanOrEqualTo(world.states);
    }

    /** T is of all that the node ever named, so it need not keep to the shorter lease by itself. */
    @Test
    void andAlsoOneThatKeepsItsLongerLeaseIsNot() {
        Outcome outcome = explore(Setting.longerLeaseFirst(), Mistakes.longerLeaseKept());

        assertThat(outcome.trace()).as(outcome.toString()).isEmpty();
        assertThat(outcome.states()).isGreaterThanOrEqualTo(120_000);
    }

    /** So that what holds above does not hold for want of fences. */
    @Test
    void andASilentNodeIsFencedAtLast() {
        SilenceModel fencing = new SilenceModel(Setting.oneBeat(), new Rules()) {
            @Override
            boolean isOver(World world) {
                return false;
            }

            @Override
            public String violation(World world) {
                return world.reader().hasFencedA() ? "a is fenced" : super.violation(world);
            }
        };

        assertThat(Checker.explore(fencing, MOST_STATES).violation()).isEqualTo("a is fenced");
    }

    @ParameterizedTest
    @EnumSource
    void withoutAnyClauseOfTheRuleSomeNodeIs(Weakened rule) {
        Outcome outcome = explore(rule.setting, rule.rules.get());

        assertThat(outcome.holds()).as(outcome.toString()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whatTheRuleTakesForGrantedIsNeeded(Beyond world) {
        Outcome outcome = explore(world.setting, world.rules.get());

        assertThat(outcome.holds()).as(outcome.toString()).isFalse();
    }

    private static Outcome explore(Setting setting, Rules rules) {
        return Checker.explore(new SilenceModel(setting, rules), MOST_STATES);
    }
}
