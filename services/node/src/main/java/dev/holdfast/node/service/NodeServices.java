package dev.holdfast.node.service;

import dev.holdfast.node.NodeService;
import dev.holdfast.node.agent.Agent;
import dev.holdfast.node.cluster.NodeConfig;
import dev.holdfast.node.cluster.NodeFolder;
import dev.holdfast.node.cluster.Ports;
import dev.holdfast.quorum.QuorumService;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;
import java.util.Optional;

/**
 * All services of a node in one Micronaut context: heartbeat, recovery and replication as its agent, and quorum, if the
 * node is a voter.
 */
public final class NodeServices implements NodeService {

    /** Property: whether the node is a voter, and may decide. */
    static final String VOTER = "holdfast.voter";

    private final NodeConfig config;
    private final NodeFolder folder;
    private final Routes routes;
    private ApplicationContext context;

    /** @throws dev.holdfast.node.cluster.InvalidConfig if a file is missing that the configuration names */
    public NodeServices(NodeConfig config, NodeFolder folder) {
        this.config = config;
        this.folder = folder;
        this.routes = new Routes(config, folder);
    }

    @Override
    public String name() {
        return "services";
    }

    @Override
    public void start() {
        context = ApplicationContext.builder()
                .singletons(config, folder, routes)
                .properties(Map.of(
                        "micronaut.server.host", config.address(),
                        "micronaut.server.port", Ports.HTTP,
                        VOTER, config.isVoter(),
                        "micronaut.application.name", "holdfast-" + config.node()))
                .deduceEnvironment(false)
                .banner(false)
                .start();
        context.getBean(EmbeddedServer.class).start();
        // Made now, so that a setting they refuse ends this process.
        Optional<QuorumService> quorum =
                config.isVoter() ? Optional.of(context.getBean(QuorumService.class)) : Optional.empty();
        Agent agent = context.getBean(Agent.class);
        context.getBean(IdsFirst.class).thenStart(() -> {
            quorum.ifPresent(QuorumService::start);
            agent.start();
        });
    }

    @Override
    public void close() {
        if (context == null) {
            return;
        }
        context.getBean(IdsFirst.class).close();
        try {
            context.getBean(Agent.class).stop("the node is stopped");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        context.close();
    }
}
