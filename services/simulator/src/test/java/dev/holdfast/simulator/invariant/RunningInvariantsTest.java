package dev.holdfast.simulator.invariant;

import static dev.holdfast.simulator.invariant.Given.FIRST;
import static dev.holdfast.simulator.invariant.Given.SECOND;
import static dev.holdfast.simulator.invariant.Given.decision;
import static dev.holdfast.simulator.invariant.Given.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.state.ClusterState;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Each of them can fail: what it forbids is told to it here. */
class RunningInvariantsTest {

    @Test
    void aGuestThatRunsTwiceAtOneInstantIsSeen() {
        NoDoubleRun invariant = new NoDoubleRun();
        Run one = run("db", "a", 1);
        Run other = run("db", "b", 2);
        Run elsewhere = run("web", "b", 3);

        assertThatCode(() -> invariant.started(one, List.of(one, elsewhere))).doesNotThrowAnyException();
        violates("NoDoubleRun", () -> invariant.started(other, List.of(one, other)));
        violates("NoDoubleRun", () -> invariant.resumed(other, List.of(one, other)));
    }

    @Test
    void aGuestThatRunsOutsideOfItsPossibleRunnersIsSeen() {
        RunningIsPossible invariant = new RunningIsPossible();
        Run run = run("db", "a", 1);

        violates("RunningIsPossible", () -> invariant.started(run, List.of(run)));
        violates("RunningIsPossible", () -> invariant.committed(List.of(), ClusterState.EMPTY, List.of(run)));
    }

    @Test
    void aFencedIncarnationThatRunsSomethingIsSeen() {
        FencedNeverActs invariant = new FencedNeverActs();
        invariant.decided(
                decision(new NodeEvent.NodeFenced("a", FIRST, "proof")), ClusterState.EMPTY, ClusterState.EMPTY, 0);
        Run newer = new Run("db", "a", SECOND, 2);

        assertThatCode(() -> invariant.started(newer, List.of(newer))).doesNotThrowAnyException();
        violates("FencedNeverActs", () -> invariant.started(run("db", "a", 1), List.of()));
        violates("FencedNeverActs", () -> invariant.committed(List.of(), ClusterState.EMPTY, List.of(run("db", "a", 1))));
        violates("FencedNeverActs", () -> invariant.committed(
                List.of(), Given.state(null, Given.live("a")), List.of()));
    }

    @Test
    void anEpochThatIsGivenTwiceIsSeen() {
        EpochsNeverRepeat invariant = new EpochsNeverRepeat();
        GuestEvent.StartGuest first = new GuestEvent.StartGuest("db", 7, "a", FIRST, true, Given.spec("db"));
        GuestEvent.StartGuest second = new GuestEvent.StartGuest("web", 7, "b", FIRST, true, Given.spec("web"));
        invariant.decided(decision(first), ClusterState.EMPTY, ClusterState.EMPTY, 0);
        Run run = run("db", "a", 7);
        invariant.started(run, List.of(run));

        violates("EpochsNeverRepeat", () -> invariant.decided(
                decision(second), ClusterState.EMPTY, ClusterState.EMPTY, 0));
        violates("EpochsNeverRepeat", () -> invariant.decided(
                decision(first), ClusterState.EMPTY, ClusterState.EMPTY, 0));
        violates("EpochsNeverRepeat", () -> invariant.started(run, List.of(run)));
    }

    @Test
    void aReportThatIsNotTrueOrDoesNotStayTrueIsSeen() {
        StoppedStaysStopped invariant = new StoppedStaysStopped();
        Run run = run("db", "a", 1);
        GuestReport stopped = new GuestReport.GuestStopped("db", 1, "a", FIRST, Duration.ZERO, true, "asked");
        invariant.started(run, List.of(run));

        violates("StoppedStaysStopped", () -> invariant.reported(stopped));
        invariant.ended(run);
        assertThatCode(() -> invariant.reported(stopped)).doesNotThrowAnyException();
        violates("StoppedStaysStopped", () -> invariant.started(run, List.of(run)));
    }

    static void violates(String invariant, ThrowingCallable told) {
        assertThatThrownBy(told)
                .isInstanceOfSatisfying(Violation.class, violation ->
                        assertThat(violation.invariant()).isEqualTo(invariant));
    }
}
