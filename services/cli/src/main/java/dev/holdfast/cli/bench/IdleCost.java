package dev.holdfast.cli.bench;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.cli.local.LocalNode;
import dev.holdfast.cli.local.NodeProcess;
import dev.holdfast.cli.local.NodeProcess.Role;
import dev.holdfast.cli.local.Waiting;
import dev.holdfast.cli.output.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the nodes cost while nothing happens: memory and CPU of supervisor, guard and node, without the guest. */
final class IdleCost {

    private static final Set<Role> OURS = EnumSet.of(Role.SUPERVISOR, Role.GUARD, Role.NODE);
    /** USER_HZ: what /proc counts in, on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    private IdleCost() {}

    /** Watches for that long; one line of each node. */
    static List<Fields> measure(LocalCluster cluster, String profile, Duration length) {
        Map<String, Long> before = ticks(cluster);
        long begun = System.nanoTime();
        Waiting.pause(length);
        double seconds = (System.nanoTime() - begun) / 1e9;
        Map<String, Long> after = ticks(cluster);
        List<Fields> lines = new ArrayList<>();
        for (LocalNode node : cluster.nodes()) {
            double cpu = (after.get(node.name()) - before.get(node.name())) / TICKS_PER_SECOND / seconds;
            lines.add(Fields.of(Measured.IDLE_NODE, node.name())
                    .and("profile", profile)
                    .and("seconds", Math.round(seconds))
                    .and("cpuPercent", Math.round(cpu * 1_000) / 10.0)
                    .and("pssMb", sum(node, EnumSet.copyOf(OURS)))
                    .and("nodePssMb", sum(node, EnumSet.of(Role.NODE)))
                    .and("guardPssMb", sum(node, EnumSet.of(Role.GUARD)))
                    .and("supervisorPssMb", sum(node, EnumSet.of(Role.SUPERVISOR))));
        }
        return lines;
    }

    private static Map<String, Long> ticks(LocalCluster cluster) {
        Map<String, Long> ticks = new LinkedHashMap<>();
        for (LocalNode node : cluster.nodes()) {
            ticks.put(node.name(), ours(node, OURS).stream().mapToLong(process -> ticks(process.pid())).sum());
        }
        return ticks;
    }

    private static double sum(LocalNode node, Set<Role> roles) {
        double kilobytes = ours(node, roles).stream().mapToLong(process -> pssKilobytes(process.pid())).sum();
        return Math.round(kilobytes / 1024 * 10) / 10.0;
    }

    private static List<NodeProcess> ours(LocalNode node, Set<Role> roles) {
        return node.processes().stream().filter(process -> roles.contains(process.role())).toList();
    }

    private static long ticks(int pid) {
        return ticksOf(read(pid, "stat"));
    }

    /** User and system time of a line of /proc/pid/stat, in ticks. The name in it may contain anything. */
    static long ticksOf(String stat) {
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(afterName[USER_TICKS]) + Long.parseLong(afterName[SYSTEM_TICKS]);
    }

    /** The process's own memory and its share of what it shares with others. */
    private static long pssKilobytes(int pid) {
        return pssOf(read(pid, "smaps_rollup"));
    }

    static long pssOf(String rollup) {
        return rollup.lines()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private static String read(int pid, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), file));
        } catch (IOException gone) {
            throw Failure.failed("process " + pid + " ended while it was measured");
        }
    }
}
