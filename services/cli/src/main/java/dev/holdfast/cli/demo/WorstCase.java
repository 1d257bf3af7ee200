package dev.holdfast.cli.demo;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.local.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/**
 * Brings all roles together on the node of the active controller, which cannot be moved: the guest by a switchover,
 * the quorum task by closing it elsewhere until it lands there, the leaders by reassignment and preferred election.
 */
final class WorstCase {

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final DemoCluster cluster;
    private final long begun = System.nanoTime();
    private final long deadline;
    private String lastProblem = "";

    /**
     * @param within how long the whole may take
     */
    WorstCase(DemoCluster cluster, Duration within) {
        this.cluster = cluster;
        this.deadline = begun + within.toNanos();
    }

    /**
     * Moves what has to be moved, and reads everything again; repeated until it holds or the time is over.
     *
     * @return the roles as read last, and the node they were to be on
     */
    Arranged arrange() {
        Arranged arranged = new Arranged(null, null, "nothing could be read");
        do {
            try {
                Roles roles = cluster.roles().read();
                String victim = roles.of(Role.CONTROLLER).stream().findFirst().orElse(null);
                arranged = arranged(victim, roles);
                if (victim == null || arranged.isComplete()) {
                    if (victim != null) {
                        return arranged;
                    }
                } else {
                    move(victim, roles);
                    continue;
                }
            } catch (ExecutionException | IOException | Failure notYet) {
                if (Thread.currentThread().isInterrupted()) {
                    throw Failure.failed("interrupted");
                }
                lastProblem = String.valueOf(notYet.getMessage());
            }
            Waiting.pause(BETWEEN_TRIES);
        } while (System.nanoTime() < deadline);
        return arranged;
    }

    private Arranged arranged(String victim, Roles roles) {
        String missing = victim == null ? "there is no active controller" : roles.missingWords(victim);
        return new Arranged(victim, roles, missing + (missing.isEmpty() || lastProblem.isEmpty() ? "" : "; " + lastProblem));
    }

    private void move(String victim, Roles roles) throws ExecutionException, IOException {
        List<Role> missing = roles.missing(victim);
        cluster.narrator().say("  %4.1f s  moving to %s: %s".formatted(
                (System.nanoTime() - begun) / 1e9, victim, roles.missingWords(victim)));
        if (missing.contains(Role.GUEST)) {
            moveGuest(victim);
        }
        if (missing.contains(Role.QUORUM)) {
            moveQuorumTask(victim);
        }
        cluster.leaders().moveTo(victim);
    }

    private void moveGuest(String victim) {
        cluster.switchover(victim);
        if (!until(() -> cluster.guestOn().contains(victim))) {
            throw Failure.failed("the guest does not arrive on " + victim);
        }
    }

    private void moveQuorumTask(String victim) throws IOException {
        List<String> paused = new ArrayList<>();
        try {
            // Whoever stands by leaves first: then it can land nowhere else.
            List<String> others = cluster.others(victim).stream().sorted((one, other) ->
                    Boolean.compare(isActive(one), isActive(other))).toList();
            for (String other : others) {
                paused.add(other);
                cluster.quorum().pause(other);
            }
            if (!until(() -> isActive(victim))) {
                throw Failure.failed("the quorum task does not land on " + victim);
            }
        } finally {
            for (String other : paused) {
                cluster.quorum().resume(other);
            }
        }
        if (!until(() -> cluster.others(victim).stream().allMatch(this::isCaughtUp))) {
            throw Failure.failed("the standbys do not catch up");
        }
    }

    private boolean isActive(String node) {
        return cluster.quorum().status(node).filter(QuorumTask.Status::active).isPresent();
    }

    private boolean isCaughtUp(String node) {
        return cluster.quorum().status(node).filter(QuorumTask.Status::caughtUp).isPresent();
    }

    private boolean until(BooleanSupplier condition) {
        return Waiting.until(condition, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }

    /**
     * What came of it.
     *
     * @param victim null if there was no controller
     * @param roles null if they could not be read
     * @param missing what is not there; empty text for nothing
     */
    record Arranged(String victim, Roles roles, String missing) {

        boolean isComplete() {
            return victim != null && missing.isEmpty();
        }
    }
}
