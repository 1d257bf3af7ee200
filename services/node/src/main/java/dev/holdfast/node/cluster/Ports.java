package dev.holdfast.node.cluster;

import java.util.List;

/** TCP ports of a node, the same on every node: nodes differ by address, never by port. */
public final class Ports {
    /** Kafka clients and replication between brokers. */
    public static final int BROKER = 19092;
    /** KRaft quorum. */
    public static final int CONTROLLER = 19093;
    /** Bulk transfer of guest volumes. */
    public static final int REPLICATION = 19094;
    /** Read-only schema registry and health. */
    public static final int HTTP = 19095;

    /** Every port of a node; all of them are relayed between nodes. */
    public static final List<Integer> ALL = List.of(BROKER, CONTROLLER, REPLICATION, HTTP);

    /** Those of a node that is no voter. */
    public static final List<Integer> WITHOUT_BROKER = List.of(REPLICATION, HTTP);

    private Ports() {
    }
}
