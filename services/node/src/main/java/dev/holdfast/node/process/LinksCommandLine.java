package dev.holdfast.node.process;

import dev.holdfast.node.cluster.ClusterFolder;
import dev.holdfast.node.links.LinksMain;
import java.util.List;

/** How the process of the links is started: small, because it only moves bytes. */
public record LinksCommandLine(JavaProgram program, ClusterFolder folder) {
    public List<String> arguments() {
        return List.of(program.java().toString(),
                "-Xmx16m", "-XX:+UseSerialGC", "-Xss256k", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=8m",
                "-XX:MaxDirectMemorySize=8m", "-XX:CICompilerCount=1", "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError",
                "-cp", program.classPath(), LinksMain.class.getName(), folder.root().toString());
    }
}
