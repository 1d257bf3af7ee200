package dev.holdfast.node.service;

import dev.holdfast.node.cluster.NodeConfig;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.time.Instant;

/** What this node measures, for whoever scrapes it. */
@Controller("/metrics")
final class MetricsEndpoint {

    private final NodeConfig config;
    private final Volumes volumes;
    private final PoolWatch pool;

    MetricsEndpoint(NodeConfig config, Volumes volumes, PoolWatch pool) {
        this.config = config;
        this.volumes = volumes;
        this.pool = pool;
    }

    @Get(produces = "text/plain; version=0.0.4; charset=utf-8")
    String metrics() {
        return Metrics.of(config.node(), volumes.copies(), pool.newest(), Instant.now());
    }
}
