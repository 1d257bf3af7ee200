package dev.holdfast.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.simulator.fault.Fault;
import dev.holdfast.simulator.mutation.Mutation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the simulator does not see when it is there, it would not see in the product either. */
class MutationSearchTest {

    @ParameterizedTest
    @EnumSource
    void everyKnownMistakeIsSeen(Mutation mutation) {
        MutationSearch.Outcome outcome = MutationSearch.run(mutation, 1, MutationSearch.MOST_SEEDS, 3);

        assertThat(outcome.caught()).as(mutation.id() + ": " + mutation.sentence()).isTrue();
        assertThat(outcome.invariant()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void aMistakeIsLookedForUnderWhatIsTolerated(Mutation mutation) {
        assertThat(mutation.faults()).isNotEmpty().allMatch(Fault::isAssumed);
    }

    @Test
    void aMistakeThatNobodyKnowsIsRefusedWithTheKnownOnes() {
        assertThat(Mutation.named("all")).hasSize(Mutation.values().length);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mutation.named("lease")).withMessageContaining("lease-from-ack");
    }
}
