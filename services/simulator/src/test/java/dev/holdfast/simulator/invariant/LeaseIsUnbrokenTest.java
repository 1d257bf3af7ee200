package dev.holdfast.simulator.invariant;

import static dev.holdfast.simulator.invariant.Given.FIRST;
import static dev.holdfast.simulator.invariant.Given.SECONDS;
import static dev.holdfast.simulator.invariant.RunningInvariantsTest.violates;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A lease of ten seconds, which it can see broken. */
class LeaseIsUnbrokenTest {

    private final LeaseIsUnbroken invariant = new LeaseIsUnbroken();

    @Test
    void aLeaseThatWasNeverGrantedIsNotUsed() {
        violates("LeaseIsUnbroken", () -> used(1));
        sent(1);
        violates("LeaseIsUnbroken", () -> used(2));
    }

    @Test
    void itCountsFromSendingNotFromTheAcknowledgement() {
        sent(0);
        acknowledged(0, 5);

        assertThatCode(() -> used(9)).doesNotThrowAnyException();
        violates("LeaseIsUnbroken", () -> used(10));
    }

    @Test
    void whatIsAcknowledgedAfterItsEndDoesNotRenewIt() {
        sent(0);
        acknowledged(0, 1);
        sent(9);
        acknowledged(9, 11);

        violates("LeaseIsUnbroken", () -> used(12));
    }

    @Test
    void theFirstOneHasAnEndToo() {
        sent(0);
        sent(9);
        acknowledged(9, 11);

        violates("LeaseIsUnbroken", () -> used(12));
    }

    @Test
    void aBeatThatNamesAShorterOneEndsTheLongerOneAsItIsSent() {
        sent(0);
        acknowledged(0, 1);
        sent(1);
        sent(2, 6);
        acknowledged(1, 3);

        assertThatCode(() -> used(7)).doesNotThrowAnyException();
        violates("LeaseIsUnbroken", () -> used(8));
    }

    @Test
    void aLongerOneIsHeldOnceItIsAcknowledged() {
        sent(0);
        acknowledged(0, 1);
        sent(1, 20);
        violates("LeaseIsUnbroken", () -> used(10));

        acknowledged(1, 5, 20);
        assertThatCode(() -> used(20)).doesNotThrowAnyException();
    }

    private void sent(long second) {
        sent(second, 10);
    }

    private void sent(long second, long lease) {
        invariant.lease(new LeaseStep.Sent("a", FIRST, second * SECONDS, Duration.ofSeconds(lease)));
    }

    private void acknowledged(long sentSecond, long second) {
        acknowledged(sentSecond, second, 10);
    }

    private void acknowledged(long sentSecond, long second, long lease) {
        invariant.lease(new LeaseStep.Acknowledged(
                "a", FIRST, sentSecond * SECONDS, second * SECONDS, Duration.ofSeconds(lease)));
    }

    private void used(long second) {
        invariant.lease(new LeaseStep.Used("a", FIRST, second * SECONDS, "feeds its guard"));
    }
}
