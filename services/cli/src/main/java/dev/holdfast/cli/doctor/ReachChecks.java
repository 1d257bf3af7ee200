package dev.holdfast.cli.doctor;

import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.Net;
import dev.holdfast.node.cluster.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether each node's ports answer from here, and what the node says of itself on one of them. */
final class ReachChecks {

    private static final Duration TO_CONNECT = Duration.ofSeconds(1);

    private final ClusterConfig config;

    /** What was found about one node. */
    record Reached(String node, boolean broker, Optional<String> quorum, List<Check> checks) {}

    ReachChecks(ClusterConfig config) {
        this.config = config;
    }

    Reached look(String node) {
        String address = config.addressOf(node);
        List<Integer> ports = config.isVoter(node) ? Ports.ALL : Ports.WITHOUT_BROKER;
        List<Integer> silent = ports.stream().filter(port -> !answers(address, port)).toList();
        List<Check> checks = new ArrayList<>();
        checks.add(ports(node, address, ports, silent));
        if (silent.size() == ports.size()) {
            return new Reached(node, false, Optional.empty(), checks);
        }
        try (NodeHttp http = new NodeHttp()) {
            checks.add(health(node, http.get(address, "/health")));
            Optional<String> quorum = http.get(address, "/quorum")
                    .filter(answer -> answer.status() == 200)
                    .map(NodeHttp.Answer::text);
            return new Reached(node, ports.contains(Ports.BROKER) && !silent.contains(Ports.BROKER), quorum, checks);
        }
    }

    private Check ports(String node, String address, List<Integer> ports, List<Integer> silent) {
        String limit = "all of " + ports;
        if (silent.isEmpty()) {
            return Check.ok("ports", node, "all answer at " + address, limit);
        }
        if (silent.size() == ports.size()) {
            return Check.warn("ports", node, "none answers at " + address, limit,
                    "start the node, or see to the network");
        }
        boolean mayBeBehindSsh = silent.equals(List.of(Ports.REPLICATION)) && !(config.reach() instanceof Net);
        return mayBeBehindSsh
                ? Check.ok("ports", node, Ports.REPLICATION + " does not answer at " + address
                        + ": replication goes over ssh, or is not reached from here", limit)
                : Check.fail("ports", node, silent + " do not answer at " + address, limit,
                        "what runs on the node, and what lies between? Its logs say what it waits for");
    }

    private static Check health(String node, Optional<NodeHttp.Answer> answer) {
        String limit = "holds its lease, guard armed";
        if (answer.isEmpty()) {
            return Check.fail("lease", node, "the node does not say", limit, "see its logs/node.log");
        }
        return answer.get().status() == 200
                ? Check.ok("lease", node, answer.get().text(), limit)
                : Check.fail("lease", node, answer.get().text(), limit,
                        "it comes back by itself unless it says that it does not begin; see its logs/node.log");
    }

    private static boolean answers(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), (int) TO_CONNECT.toMillis());
            return true;
        } catch (IOException silent) {
            return false;
        }
    }
}
