package dev.holdfast.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.replication.transport.SshSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    private static final String GOOD = """
            node: b
            name: demo
            clusterId: AAAAAAAAAAAAAAAAAAAAAA
            net: '127.77'
            nodes: [a, b, c]
            profile: fast
            """;

    private static final String OWN_MACHINES = GOOD.replace(
            "net: '127.77'", "addresses: {a: 10.77.0.11, b: b.example, c: 10.77.0.13}");

    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("node.yaml");
    }

    @Test
    void aNodeKnowsItsIdAddressAndHostFromItsPlaceInTheCluster() throws IOException {
        NodeConfig node = read(GOOD);

        assertThat(node.id()).isEqualTo(2);
        assertThat(node.address()).isEqualTo("127.77.0.2");
        assertThat(node.host()).isEqualTo("b.holdfast");
        assertThat(node.cluster().net().relay(1, 2)).isEqualTo("127.77.1.2");
    }

    @Test
    void aNodeThatWasAddedHasAnIdAfterTheVotersAndNoBroker() throws IOException {
        NodeConfig node = read(GOOD.replace("node: b", "node: e") + "nonVoters: [{name: d, id: 4}, {name: e, id: 6}]\n");

        assertThat(node.id()).isEqualTo(6);
        assertThat(node.isVoter()).isFalse();
        assertThat(node.address()).isEqualTo("127.77.0.6");
        assertThat(node.cluster().addressOf("a", "e")).isEqualTo("127.77.6.1");
        assertThat(node.cluster().nodes()).containsExactly("a", "b", "c", "d", "e");
        assertThat(node.cluster().brokers()).isEqualTo("a.holdfast:19092,b.holdfast:19092,c.holdfast:19092");
        ConfigFile.write(file, node);
        assertThat(ConfigFile.readNode(file)).isEqualTo(node);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[{name: d, id: 3}]                      | must have ids that grow",
        "[{name: b, id: 4}]                      | must not repeat a name",
        "[{name: d}]                             | must have a name, an id",
        "[{name: D, id: 4}]                      | must start with a small letter",
        "[{name: links, id: 4}]                  | is the folder of the relays",
        "[{name: d, id: 4, address: 10.77.0.14}] | must have no address",
        "d                                       | must be a list",
    })
    void whatIsWrongWithANodeThatWasAddedIsSaid(String nonVoters, String rule) {
        assertThatThrownBy(() -> read(GOOD + "nonVoters: " + nonVoters + "\n"))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("nonVoters")
                .hasMessageContaining(rule);
    }

    @Test
    void aNodeThatWasAddedHasTheAddressOfItsMachine() throws IOException {
        String added = OWN_MACHINES.replace("node: b", "node: d");

        assertThat(read(added + "nonVoters: [{name: d, id: 4, address: 10.77.0.14}]\n").address()).isEqualTo("10.77.0.14");
        assertThatThrownBy(() -> read(added + "nonVoters: [{name: d, id: 4}]\n"))
                .hasMessageContaining("must have the address of its machine");
    }

    @Test
    void insteadOfANetEveryNodeMayHaveAnAddress() throws IOException {
        NodeConfig node = read(OWN_MACHINES);

        assertThat(node.address()).isEqualTo("b.example");
        assertThat(node.cluster().addressOf("c", "b")).isEqualTo("10.77.0.13");
        ConfigFile.write(file, node);
        assertThat(ConfigFile.readNode(file)).isEqualTo(node);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "a: 10.77.0.11 | a: 10.77.0.300 | addresses.a = '10.77.0.300': must be an IPv4 address or a host name",
            "a: 10.77.0.11 | a: 0.0.0.0 | addresses.a = '0.0.0.0': must be the one address",
            "a: 10.77.0.11 | a: 'fe80::1' | addresses.a = 'fe80::1': must be an IPv4 address or a host name",
            "a: 10.77.0.11 | a: a.holdfast | addresses.a = 'a.holdfast': must not end in .holdfast",
            "a: 10.77.0.11 | a: 10.77.0.13 | must not give two nodes the same address",
            "a: 10.77.0.11 | a: 10 | addresses.a = '10': must be text",
            "a: 10.77.0.11, | '' | must name each of the nodes [a, b, c] and no other",
            "a: 10.77.0.11 | a: 10.77.0.11, d: 10.77.0.14 | must name each of the nodes [a, b, c] and no other",
            "addresses: {a: 10.77.0.11, b: b.example, c: 10.77.0.13} | addresses: here | addresses = 'here': must map every node",
            "addresses: {a: 10.77.0.11, b: b.example, c: 10.77.0.13} | # | net is missing: must be one of 127.77 to 127.99, or addresses",
            "profile: | \"net: '127.77'\\nprofile:\" | must be left out of a cluster that has a net",
    })
    void addressesThatCannotBeAreRefusedWithFieldValueAndRule(String good, String bad, String message) {
        String content = OWN_MACHINES.replace(good, bad.replace("\"", "").replace("\\n", "\n"));

        assertThatThrownBy(() -> read(content))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void aRegistryIsOptional() throws IOException {
        assertThat(read(GOOD).cluster().registryUrl()).isEmpty();
        assertThat(read(GOOD + "registryUrl: http://registry:8081/apis\n").cluster().registryUrl())
                .contains(URI.create("http://registry:8081/apis"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "node: b | node: x | node = 'x': must be one of [a, b, c]",
            "node: b | nood: b | nood = '…': is not a known field",
            "name: demo | name: De mo | name = 'De mo': must start with a small letter",
            "profile: fast | profile: quick | profile = 'quick': must be fast, default or careful",
            "nodes: [a, b, c] | nodes: [a, b] | nodes = '[a, b]': must list 3, 5 or 7",
            "nodes: [a, b, c] | nodes: [a, b, b] | nodes = '[a, b, b]': must not repeat",
            "nodes: [a, b, c] | nodes: a | nodes = 'a': must list 3, 5 or 7",
            "net: '127.77' | net: 127.77 | net = '127.77': must be text",
            "net: '127.77' | net: '10.0' | net = '10.0': must be one of 127.77 to 127.99",
            "net: '127.77' | foo: [ | is not YAML",
            "clusterId: AAAAAAAAAAAAAAAAAAAAAA | clusterId: short | clusterId = 'short': must be 22 characters",
    })
    void aBadValueIsRefusedWithFileFieldValueAndRule(String good, String bad, String message) {
        assertThatThrownBy(() -> read(GOOD.replace(good, bad)))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void aRegistryThatIsNoWebAddressIsRefused() {
        assertThatThrownBy(() -> read(GOOD + "registryUrl: ftp://x\n"))
                .hasMessageContaining("registryUrl = 'ftp://x': must be an http or https URL");
    }

    @Test
    void aMissingFieldIsNamed() {
        assertThatThrownBy(() -> read(GOOD.replace("profile: fast\n", "")))
                .hasMessageContaining("profile is missing: must be fast, default or careful");
    }

    @Test
    void replicationIsByTcpWithoutALimitUnlessANodeSaysOtherwise() throws IOException {
        assertThat(read(OWN_MACHINES).replication()).isEqualTo(ReplicationConfig.DEFAULT);
        assertThat(read(OWN_MACHINES).replicaAddressOf("b")).isEqualTo("b.example");
    }

    @Test
    void replicationBySshListensOnLoopbackAndSurvivesBeingWritten() throws IOException {
        NodeConfig node = read(OWN_MACHINES + """
                replication: {transport: ssh, user: holdfast, port: 2222, keyFile: /etc/holdfast/key,
                  bytesPerSecond: 5000000}
                """);

        assertThat(node.replicaAddressOf("b")).isEqualTo("127.0.0.1");
        ReplicationConfig.Ssh ssh = node.replication().ssh().orElseThrow();
        assertThat(ssh.settings(new NodeFolder(Path.of("/var/lib/b"))))
                .isEqualTo(new SshSettings(
                        "holdfast", 2222, Path.of("/etc/holdfast/key"),
                        Path.of("/var/lib/b/machine/replication-known-hosts")));
        assertThat(node.replication().bytesPerSecond()).hasValue(5_000_000);
        ConfigFile.write(file, node);
        assertThat(ConfigFile.readNode(file)).isEqualTo(node);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "transport: rsh, user: u | replication.transport = 'rsh': must be tcp or ssh",
            "transport: ssh | replication.user is missing: must name the account",
            "transport: ssh, user: -oX | replication.user = '-oX': must be the name of an account",
            "transport: ssh, user: 7 | replication.user = '7': must be text",
            "transport: ssh, user: u, port: 0 | replication.port = '0': must be 1 to 65535",
            "transport: ssh, user: u, port: x | replication.port = 'x': must be a whole number",
            "transport: ssh, user: u, keyFile: key | replication.keyFile = 'key': must be an absolute path",
            "transport: ssh, user: u, knownHosts: /a b | replication.knownHosts = '/a b': must be an absolute path",
            "transport: tcp, user: u | replication.user = 'u': must be left out, or transport must be ssh",
            "bytesPerSecond: 0 | replication.bytesPerSecond = '0': must be 1 or more",
            "bytesPerSecond: fast | replication.bytesPerSecond = 'fast': must be a whole number",
            "speed: 1 | replication.speed = '…': is not a known field",
    })
    void replicationThatCannotBeIsRefusedWithFieldValueAndRule(String fields, String message) {
        assertThatThrownBy(() -> read(OWN_MACHINES + "replication: {" + fields + "}\n"))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void nodesOfOneHostDoNotReplicateBySsh() {
        assertThatThrownBy(() -> read(GOOD + "replication: {transport: ssh, user: u}\n"))
                .hasMessageContaining("replication.transport = 'ssh': must be tcp in a cluster that has a net");
    }

    @Test
    void replicationBelongsToANodeAndNotToTheCluster() throws IOException {
        Files.writeString(file, GOOD.replace("node: b\n", "") + "replication: {bytesPerSecond: 5}\n");

        assertThatThrownBy(() -> ConfigFile.readCluster(file))
                .hasMessageContaining("replication = '…': is not a known field");
    }

    private NodeConfig read(String content) throws IOException {
        Files.writeString(file, content);
        return ConfigFile.readNode(file);
    }
}
