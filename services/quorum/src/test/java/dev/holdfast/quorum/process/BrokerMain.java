package dev.holdfast.quorum.process;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/** A broker and controller with the settings of every node: {@code BrokerMain SETTINGS ID FOLDER VOTERS}. */
final class BrokerMain {

    private static final String CLUSTER_ID = "TestTestTestTestTestTQ";

    private BrokerMain() {}

    public static void main(String[] args) throws Exception {
        int id = Integer.parseInt(args[1]);
        Path folder = Path.of(args[2]);
        Properties properties = new Properties();
        try (InputStream shared = Files.newInputStream(Path.of(args[0]))) {
            properties.load(shared);
        }
        // Each voter is id@host:controllerPort:brokerPort.
        StringBuilder voters = new StringBuilder();
        for (String voter : args[3].split(",")) {
            int colon = voter.lastIndexOf(':');
            voters.append(voters.isEmpty() ? "" : ",").append(voter, 0, colon);
            if (voter.startsWith(id + "@")) {
                String controller = voter.substring(voter.indexOf('@') + 1, colon);
                String host = controller.substring(0, controller.indexOf(':'));
                String listeners = "BROKER://" + host + voter.substring(colon) + ",CONTROLLER://" + controller;
                properties.setProperty("listeners", listeners);
                properties.setProperty("advertised.listeners", listeners);
            }
        }
        properties.setProperty("node.id", String.valueOf(id));
        properties.setProperty("log.dirs", folder.toString());
        properties.setProperty("controller.quorum.voters", voters.toString());
        if (!Files.exists(folder.resolve("meta.properties"))) {
            format(id, folder);
        }
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM).startup();
    }

    private static void format(int id, Path folder) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setNodeId(id)
                .setClusterId(CLUSTER_ID)
                .setControllerListenerName("CONTROLLER")
                .addDirectory(folder.toString())
                .setMetadataLogDirectory(folder.toString())
                .run();
    }
}
