package dev.holdfast.node.service;

import dev.holdfast.quorum.QuorumService;
import dev.holdfast.quorum.QuorumStatus;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;

/**
 * Who decides: no fact of the cluster, so it is asked of each node. One line of tab-separated fields: phase, active,
 * caught up, changelog lag, detail. Leaving the task to others moves it to a wanted node, as a rehearsal needs.
 */
@Controller("/quorum")
@ExecuteOn(TaskExecutors.BLOCKING)
@Requires(property = NodeServices.VOTER, value = "true")
final class QuorumEndpoint {

    private static final Duration LEAVING = Duration.ofSeconds(10);

    private final QuorumService quorum;

    QuorumEndpoint(QuorumService quorum) {
        this.quorum = quorum;
    }

    @Get(produces = MediaType.TEXT_PLAIN)
    String status() {
        QuorumStatus status = quorum.status();
        return status.phase() + "\t" + status.active() + "\t" + status.isCaughtUp() + "\t" + status.changelogLag() + "\t"
                + status.detail() + "\n";
    }

    @Post(uri = "/pause", produces = MediaType.TEXT_PLAIN, consumes = "*/*")
    String pause() throws InterruptedException {
        return (quorum.pauseHere(LEAVING) ? "paused" : "still leaving") + "\n";
    }

    @Post(uri = "/resume", produces = MediaType.TEXT_PLAIN, consumes = "*/*")
    String resume() {
        quorum.resumeHere();
        return "resumed\n";
    }
}
