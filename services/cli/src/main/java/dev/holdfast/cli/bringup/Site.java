package dev.holdfast.cli.bringup;

import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.cli.local.LocalNode;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.node.cluster.ClusterConfig;
import java.util.List;
import java.util.stream.Collectors;

/** What can be seen and done about a cluster's nodes from here, besides asking their log. */
sealed interface Site {

    ClusterConfig config();

    ClusterAccess access();

    /** Whether topics and first settings may still be to be made. */
    boolean needsFirstRecords(ClusterAccess access);

    /** To be called once they are made. */
    void firstRecordsMade();

    /** Where the reason stands if these nodes do not come, as the end of a sentence. */
    String whereToLook(List<String> nodes);

    /** All nodes on this host. */
    record OneHost(LocalCluster cluster) implements Site {

        @Override
        public ClusterConfig config() {
            return cluster.config();
        }

        @Override
        public ClusterAccess access() {
            return ClusterAccess.to(cluster);
        }

        @Override
        public boolean needsFirstRecords(ClusterAccess access) {
            return cluster.needsFirstSteps();
        }

        @Override
        public void firstRecordsMade() {
            cluster.firstStepsDone();
        }

        @Override
        public String whereToLook(List<String> nodes) {
            List<LocalNode> suspects = nodes.stream().map(cluster::node).toList();
            String off = suspects.stream()
                    .filter(node -> !node.isOn())
                    .map(LocalNode::name)
                    .collect(Collectors.joining(", "));
            return (off.isEmpty() ? "" : " (not running: " + off + ")") + ". The logs say why: "
                    + suspects.stream().map(node -> node.folder().logs().toString()).collect(Collectors.joining(", "));
        }
    }

    /** Every node on a machine of its own, none of which this process starts. */
    record OwnMachines(ClusterConfig config) implements Site {

        @Override
        public ClusterAccess access() {
            return new ClusterAccess(config);
        }

        /** This folder may be one of many copies: only the log knows. */
        @Override
        public boolean needsFirstRecords(ClusterAccess access) {
            return new FirstRecords(access, config).areMissing();
        }

        @Override
        public void firstRecordsMade() {
            // They stand on the log.
        }

        @Override
        public String whereToLook(List<String> nodes) {
            return ". Does './holdfast node run' run there, and do its machine and this one reach each other? "
                    + nodes.stream().map(node -> node + " at " + config.addressOf(node)).collect(Collectors.joining(", "));
        }
    }
}
