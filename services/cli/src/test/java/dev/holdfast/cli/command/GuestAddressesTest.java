package dev.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.Failure;
import dev.holdfast.core.event.GuestEvent.GuestDeclared;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.Fold;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.node.cluster.Addresses;
import dev.holdfast.node.cluster.Net;
import dev.holdfast.node.cluster.Reach;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuestAddressesTest {

    private static final Net NET = new Net("127.80");
    private static final GuestSpec ANYWHERE = SpecEditTest.example().at(null);

    @Test
    void anAddressThatIsNamedIsKept() {
        assertThat(addresses(List.of()).addressed(ANYWHERE.at("127.0.0.9")).address()).isEqualTo("127.0.0.9");
    }

    @Test
    void aNewGuestGetsTheFirstAddressThatNoOtherHas() {
        Collection<GuestState> others = declared("one", "127.80.100.1");

        assertThat(addresses(List.of()).addressed(ANYWHERE).address()).isEqualTo("127.80.100.1");
        assertThat(addresses(others).addressed(ANYWHERE).address()).isEqualTo("127.80.100.2");
    }

    @Test
    void aGuestThatIsChangedStaysWhereItsClientsKnowIt() {
        Collection<GuestState> itself = declared(ANYWHERE.name(), "127.80.100.7");

        assertThat(addresses(itself).addressed(ANYWHERE).address()).isEqualTo("127.80.100.7");
    }

    @Test
    void whereNodesHaveMachinesAGuestHasTheAddressOfItsNodeAndAPortOfItsOwn() {
        Reach machines = new Addresses(Map.of("a", "10.77.0.11", "b", "10.77.0.12", "c", "10.77.0.13"));

        assertThat(new GuestAddresses(machines, List.of()).addressed(ANYWHERE).address()).isNull();
        assertThat(new GuestAddresses(machines, declared("other", "10.77.0.99")).addressed(ANYWHERE).address()).isNull();
        assertThatThrownBy(() -> new GuestAddresses(machines, declared("other", null)).addressed(ANYWHERE))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("port " + ANYWHERE.port() + " is that of guest other");
    }

    private static GuestAddresses addresses(Collection<GuestState> guests) {
        return new GuestAddresses(NET, guests);
    }

    private static Collection<GuestState> declared(String name, String address) {
        GuestSpec spec = SpecEditTest.example();
        GuestSpec named = new GuestSpec(
                name, spec.command(), spec.environment(), spec.volume(), address, spec.port(), spec.probe(), spec.restart(),
                spec.replication(), spec.maxDataLoss(), spec.requestedState(), spec.nodes(), spec.stopGrace());
        return Fold.apply(ClusterState.EMPTY, new GuestDeclared(name, named)).guests().values();
    }
}
