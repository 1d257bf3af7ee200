package dev.holdfast.node.service;

import dev.holdfast.node.cluster.NodeConfig;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** What this node measures, for whoever scrapes it. */
@Controller("/metrics")
final class MetricsEndpoint {

    private final NodeConfig config;
    private final Volumes volumes;

    MetricsEndpoint(NodeConfig config, Volumes volumes) {
        this.config = config;
        this.volumes = volumes;
    }

    @Get(produces = "text/plain; version=0.0.4; charset=utf-8")
    String metrics() {
        return Metrics.of(config.node(), volumes.copies());
    }
}
