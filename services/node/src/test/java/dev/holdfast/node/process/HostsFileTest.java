package dev.holdfast.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.node.cluster.Addresses;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.InvalidConfig;
import dev.holdfast.node.cluster.Net;
import dev.holdfast.node.cluster.NodeConfig;
import dev.holdfast.node.cluster.Reach;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsFileTest {

    private static final Map<String, String> NAME_SERVER = Map.of(
            "alpha.example", "10.77.0.11", "10.77.0.12", "10.77.0.12", "gamma.example", "10.77.0.13",
            "own.example", "127.0.1.1", "again.example", "10.77.0.12");

    @TempDir
    Path folder;

    @Test
    void onOneHostANodeReachesItsPeersThroughItsOwnRelays() throws IOException {
        assertThat(written(new Net("127.80"), "b"))
                .contains("127.80.2.1 a.holdfast", "127.80.0.2 b.holdfast", "127.80.2.3 c.holdfast");
    }

    @Test
    void onMachinesOfTheirOwnNodesReachEachOtherDirectly() throws IOException {
        assertThat(written(addresses("10.77.0.11", "10.77.0.12", "10.77.0.13"), "b"))
                .contains("10.77.0.11 a.holdfast", "10.77.0.12 b.holdfast", "10.77.0.13 c.holdfast");
    }

    @Test
    void aHostNameIsLookedUpOnceAndStaysUsableAsItIsWritten() throws IOException {
        assertThat(written(addresses("alpha.example", "10.77.0.12", "gamma.example"), "a"))
                .contains("10.77.0.11 a.holdfast", "10.77.0.11 alpha.example", "10.77.0.13 c.holdfast");
    }

    @Test
    void aHostNameThatNobodyKnowsIsRefusedWithTheNode() {
        refused(addresses("alpha.example", "10.77.0.12", "typo.example"),
                "addresses.c = 'typo.example': must have an IPv4 address");
    }

    @Test
    void aNameThatMeansThisMachineOnlyIsRefused() {
        refused(addresses("own.example", "10.77.0.12", "gamma.example"),
                "addresses.a = 'own.example': is 127.0.1.1 on this machine, at which no other machine reaches it");
    }

    @Test
    void twoNamesOfOneMachineAreRefused() {
        refused(addresses("alpha.example", "10.77.0.12", "again.example"), "must be different machines");
    }

    private void refused(Addresses addresses, String message) {
        assertThatThrownBy(() -> written(addresses, "a")).isInstanceOf(InvalidConfig.class).hasMessageContaining(message);
    }

    private List<String> written(Reach reach, String node) throws IOException {
        Path file = folder.resolve("hosts");
        ClusterConfig cluster = new ClusterConfig(
                "test", "AAAAAAAAAAAAAAAAAAAAAA", reach, List.of("a", "b", "c"), "fast", Optional.empty(),
                Optional.empty());
        HostsFile.write(file, new NodeConfig(cluster, node), HostsFileTest::lookUp);
        return Files.readAllLines(file);
    }

    private static List<InetAddress> lookUp(String name) throws UnknownHostException {
        String address = NAME_SERVER.getOrDefault(name, name);
        if (!Addresses.isLiteral(address)) {
            throw new UnknownHostException(name);
        }
        return List.of(InetAddress.getByName(address));
    }

    private static Addresses addresses(String a, String b, String c) {
        Map<String, String> byNode = new LinkedHashMap<>();
        byNode.put("a", a);
        byNode.put("b", b);
        byNode.put("c", c);
        return new Addresses(byNode);
    }
}
