package dev.holdfast.cli.demo;

import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.cli.local.LocalNode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Reads who holds which role, of those who know. */
final class RoleReader {

    private final LocalCluster cluster;
    private final TopicLeaders leaders;
    private final QuorumTask quorum;
    private final Supplier<Set<String>> guest;

    /**
     * @param guest the node on which the guest answers; empty if there is none
     */
    RoleReader(LocalCluster cluster, TopicLeaders leaders, QuorumTask quorum, Supplier<Set<String>> guest) {
        this.cluster = cluster;
        this.leaders = leaders;
        this.quorum = quorum;
        this.guest = guest;
    }

    /**
     * Everything, as it is now.
     *
     * @throws ExecutionException if the brokers cannot say
     */
    Roles read() throws ExecutionException {
        Map<Role, Set<String>> holders = new EnumMap<>(Role.class);
        holders.put(Role.GUEST, guest.get());
        holders.put(Role.QUORUM, deciders());
        holders.putAll(leaders.holders());
        holders.put(Role.CONTROLLER, leaders.controller().map(Set::of).orElse(Set.of()));
        return new Roles(holders);
    }

    private Set<String> deciders() {
        Set<String> active = new TreeSet<>();
        for (LocalNode node : cluster.nodes()) {
            quorum.status(node.name()).filter(QuorumTask.Status::active).ifPresent(yes -> active.add(node.name()));
        }
        return active;
    }
}
