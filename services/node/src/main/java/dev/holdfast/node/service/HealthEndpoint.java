package dev.holdfast.node.service;

import dev.holdfast.node.agent.Agent;
import dev.holdfast.node.cluster.NodeConfig;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** Whether this node can run guests, for people and monitors. 200 if it can, 503 with the reason if not. */
@Controller("/health")
final class HealthEndpoint {

    private final NodeConfig config;
    private final Agent agent;
    private final PoolWatch pool;

    HealthEndpoint(NodeConfig config, Agent agent, PoolWatch pool) {
        this.config = config;
        this.agent = agent;
        this.pool = pool;
    }

    @Get(produces = MediaType.TEXT_PLAIN)
    HttpResponse<String> health() {
        String who = config.node() + agent.incarnation().map(incarnation -> "/" + incarnation).orElse("");
        if (agent.refusal().isPresent()) {
            return unavailable(who + " does not begin: " + agent.refusal().get());
        }
        // Whether guests come to it in spite of its pool is the cluster's decision, not this node's.
        String storage = pool.newest() == null ? "" : "; " + PoolWatch.sentence(pool.newest());
        return agent.takesGuests()
                ? HttpResponse.ok(who + " holds its lease and takes guests" + storage + "\n")
                : unavailable(who + " holds no lease, or its guard is not armed");
    }

    private static HttpResponse<String> unavailable(String reason) {
        return HttpResponse.<String>status(HttpStatus.SERVICE_UNAVAILABLE).body(reason + "\n");
    }
}
