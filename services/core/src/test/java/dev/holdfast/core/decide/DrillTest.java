package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.Event;
import dev.holdfast.core.guest.DrillPolicy;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.message.OperatorCommand.BeginMaintenance;
import dev.holdfast.core.message.OperatorCommand.DrillGuest;
import dev.holdfast.core.message.OperatorCommand.DrillNode;
import dev.holdfast.core.message.OperatorCommand.PauseReplication;
import dev.holdfast.core.message.OperatorCommand.RequestStop;
import dev.holdfast.core.message.OperatorCommand.Switchover;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may be rehearsed on a cluster that people depend on, and when. */
class DrillTest {

    private final Cluster cluster = Cluster.withDbOnA();

    @Test
    void anOrderlyMoveMayBeRehearsedUnlessTheOwnerSaysOtherwise() {
        accepted(new DrillGuest("db", null), "all is well, db may move and move back");

        allow(DrillPolicy.FORBIDDEN);
        refused(new DrillGuest("db", null), "no drill: db's specification says drill: forbidden");
    }

    @ParameterizedTest
    @EnumSource(names = {"FORBIDDEN", "SWITCHOVER"})
    void aNodeIsNotPulledUnderAGuestWhoseOwnerDoesNotAllowIt(DrillPolicy policy) {
        allow(policy);

        refused(new DrillNode("a", null), "the node it runs on must not be pulled");
        accepted(new DrillNode("b", null), "b may lose its power: no guest runs there");
    }

    @Test
    void whatAPullWillCostIsSaidBeforehand() {
        allow(DrillPolicy.PULL);
        cluster.beatsFor(Duration.ofSeconds(3));

        accepted(new DrillNode("a", null), "all is well, a may lose its power: db loses about 3500 ms");
    }

    @Test
    void aDrillMustNotCostMoreThanItMay() {
        allow(DrillPolicy.PULL);
        cluster.beatsFor(Duration.ofSeconds(30));

        accepted(new DrillNode("a", null), "db loses about 30500 ms");
        refused(new DrillNode("a", Duration.ofSeconds(20)), "db's newest copy elsewhere is 30500 ms old, more than 20 s");
        refused(new DrillGuest("db", Duration.ofSeconds(20)), "db's newest copy elsewhere is 30500 ms old");

        cluster.beatsFor(Duration.ofSeconds(100));
        refused(new DrillNode("a", null), "more than 2 m");
    }

    @Test
    void aCopyOfAnEarlierRunDoesNotCount() {
        allow(DrillPolicy.PULL);
        cluster.crashUntilFenced("a");
        cluster.orders.carryOutAll();
        cluster.reboot("a");
        cluster.beatsFor(Duration.ofSeconds(2));

        refused(new DrillNode(cluster.startedOn(), null), "no other node holds a copy of db's present run");
    }

    @Test
    void nothingIsRehearsedWhileAnythingIsNotWell() {
        allow(DrillPolicy.PULL);
        cluster.ask(new BeginMaintenance("c"));
        refused(new DrillNode("a", null), "c takes no guests: in maintenance");
        refused(new DrillGuest("db", null), "c takes no guests: in maintenance");

        cluster.crash("c");
        cluster.beatsFor(Duration.ofSeconds(4));
        refused(new DrillNode("a", null), "c is suspect");
    }

    @Test
    void nothingIsRehearsedOfAGuestThatWouldNotBeRecoveredOrIsBusy() {
        cluster.ask(new PauseReplication("db"));
        refused(new DrillGuest("db", null), "db's replication is paused");
        cluster.ask(new Switchover("db", "b"));
        refused(new DrillGuest("db", null), "db is moving");
        refused(new DrillGuest("bd", null), "no guest 'bd'; the guests are [db]");
    }

    @Test
    void aGuestThatDoesNotRunHasNothingToShow() {
        cluster.ask(new RequestStop("db"));
        cluster.orders.carryOutAll();

        refused(new DrillGuest("db", null), "db does not run");
    }

    @Test
    void askingChangesNothing() {
        cluster.mark();
        var before = cluster.db();

        cluster.ask(new DrillGuest("db", null));
        cluster.ask(new DrillNode("b", null));

        assertThat(cluster.events()).allMatch(ClusterEvent.CommandAnswered.class::isInstance);
        assertThat(cluster.db()).isEqualTo(before);
    }

    private void allow(DrillPolicy policy) {
        cluster.declare(Guests.db().rehearsed(policy));
    }

    private void accepted(OperatorCommand.Request request, String part) {
        answered(request, true, part);
    }

    private void refused(OperatorCommand.Request request, String part) {
        answered(request, false, part);
    }

    private void answered(OperatorCommand.Request request, boolean accepted, String part) {
        cluster.ask(request);
        List<Event> events = cluster.events();
        assertThat(events.getLast()).isInstanceOfSatisfying(ClusterEvent.CommandAnswered.class, answer -> {
            assertThat(answer.answer()).contains(part);
            assertThat(answer.accepted()).isEqualTo(accepted);
        });
    }
}
