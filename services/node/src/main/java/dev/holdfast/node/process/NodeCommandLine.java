package dev.holdfast.node.process;

import dev.holdfast.node.NodeMain;
import dev.holdfast.node.cluster.ConfigFile;
import dev.holdfast.node.cluster.NodeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a node process is started.
 *
 * @param program  Java and class path
 * @param folder   the node's folder, made by init
 * @param aotCache JDK ahead-of-time cache made for exactly this Java and class path; empty to do without. A cache that
 *                 does not fit is ignored by the JVM, so a stale one costs time and nothing else
 */
public record NodeCommandLine(JavaProgram program, NodeFolder folder, Optional<Path> aotCache) {
    /** Largest heap: broker about 100 MB, Streams and clients as much again. */
    private static final String HEAP = "-Xmx256m";

    /**
     * Writes the hosts file, which follows the cluster's present network, and builds the arguments.
     *
     * @throws dev.holdfast.node.cluster.InvalidConfig if node.yaml is unusable
     */
    public List<String> prepare() throws IOException {
        Files.createDirectories(folder.run());
        Files.createDirectories(folder.logs());
        Path hosts = folder.run().resolve(HostsFile.NAME);
        HostsFile.write(hosts, ConfigFile.readNode(folder.nodeYaml()));
        List<String> arguments = new ArrayList<>(List.of(program.java().toString(),
                HEAP, "-Xms64m", "-XX:+UseSerialGC", "-Xss512k",
                // A few hundred requests a second need no optimising compiler, and it takes the processor for minutes
                // after each start and at each failover, when code runs that never ran before.
                "-XX:TieredStopAtLevel=1",
                // Small and steady: compiled code of a node stays far below this.
                "-XX:ReservedCodeCacheSize=64m", "-XX:MaxDirectMemorySize=64m",
                // Statistics in a mapped file have stalled JVMs at safepoints while the disk was busy.
                "-XX:-UsePerfData",
                // Half dead is worse than dead: the supervisor starts the node again.
                "-XX:+ExitOnOutOfMemoryError",
                // RocksDB and the clocks.
                "--enable-native-access=ALL-UNNAMED",
                "-Djdk.net.hosts.file=" + hosts,
                "-Dholdfast.logs=" + folder.logs()));
        aotCache.ifPresent(cache -> arguments.add("-XX:AOTCache=" + cache));
        arguments.addAll(List.of("-cp", program.classPath(), NodeMain.class.getName(), folder.nodeYaml().toString()));
        return List.copyOf(arguments);
    }
}
