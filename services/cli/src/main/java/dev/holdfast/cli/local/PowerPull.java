package dev.holdfast.cli.local;

import dev.holdfast.cli.Failure;
import dev.holdfast.guard.process.NativeCalls;
import dev.holdfast.guard.process.ProcessTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Takes the power from nodes: SIGKILL to every process of theirs, at once as far as one host can. */
final class PowerPull {

    private static final Duration NOTHING_LEFT_WITHIN = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private PowerPull() {}

    /**
     * Kills and returns when nothing of the nodes is left. The whole list is drawn up first, so that between the first
     * and the last signal nothing but the sending happens; what was forked meanwhile is found by looking again.
     *
     * @throws Failure if something is still alive after five seconds, as only a process stuck in the kernel can be
     */
    static Pulled pull(List<String> nodes, List<Census> censuses) {
        List<NodeProcess> all = take(censuses);
        Instant at = Instant.now();
        long bootNanos = NativeCalls.clockNanos(NativeCalls.CLOCK_BOOTTIME);
        all.forEach(process -> process.identity().kill());
        Duration took = Duration.ofNanos(NativeCalls.clockNanos(NativeCalls.CLOCK_BOOTTIME) - bootNanos);
        List<NodeProcess> late = killUntilNothingIsLeft(censuses, bootNanos);
        List<NodeProcess> killed = new ArrayList<>(all);
        late.stream().filter(process -> !killed.contains(process)).forEach(killed::add);
        return new Pulled(nodes, at, bootNanos, took, killed);
    }

    private static List<NodeProcess> killUntilNothingIsLeft(List<Census> censuses, long since) {
        List<NodeProcess> late = new ArrayList<>();
        for (List<NodeProcess> left = take(censuses); !left.isEmpty(); left = take(censuses)) {
            if (NativeCalls.clockNanos(NativeCalls.CLOCK_BOOTTIME) - since > NOTHING_LEFT_WITHIN.toNanos()) {
                throw Failure.failed("still alive after SIGKILL: " + left
                        + "; look with 'ps -o pid,stat,wchan,args', a process in state D waits for its disk");
            }
            left.forEach(process -> process.identity().kill());
            late.addAll(left);
            Waiting.pause(BETWEEN_LOOKS);
        }
        return late;
    }

    private static List<NodeProcess> take(List<Census> censuses) {
        ProcessTable table = ProcessTable.read();
        return censuses.stream()
                .flatMap(census -> census.take(table).stream())
                .sorted(Comparator.comparing(NodeProcess::role))
                .toList();
    }
}
