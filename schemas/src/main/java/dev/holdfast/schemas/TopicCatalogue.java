package dev.holdfast.schemas;

import static dev.holdfast.schemas.Keeping.INPUT_BYTES;
import static dev.holdfast.schemas.Keeping.OUTPUT_BYTES;
import static dev.holdfast.schemas.Keeping.byBroker;
import static dev.holdfast.schemas.Keeping.byWriter;
import static dev.holdfast.schemas.Keeping.during;
import static dev.holdfast.schemas.Keeping.forEver;
import static dev.holdfast.schemas.Keeping.newest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every topic of Holdfast: the only place that says how they are named, made and kept. */
public final class TopicCatalogue {

    public static final Topic NODE_HEARTBEATS = new Topic(
            "node.heartbeats",
            "the node that wrote it",
            "the heartbeat service of each node",
            "The protocol log: every node's beats and the end of each of its incarnations.",
            false,
            false,
            List.of("Heartbeat", "Lapsed"),
            byWriter(during(Duration.ofDays(7)), INPUT_BYTES));

    public static final Topic CLUSTER_SETTINGS = new Topic(
            "cluster.settings",
            "cluster, or schemas",
            "operators, and the explicit init of a cluster",
            "Versioned settings that hold for the whole cluster.",
            false,
            false,
            List.of("ClusterSettings", "RegisteredSchemas"),
            byWriter(newest(), INPUT_BYTES));

    public static final Topic GUEST_SPECS = new Topic(
            "guest.specs",
            "the guest",
            "operators",
            "What guests there should be; a record without a value removes the guest.",
            true,
            false,
            List.of("GuestSpecChange"),
            byWriter(newest(), INPUT_BYTES));

    public static final Topic OPERATOR_COMMANDS = new Topic(
            "operator.commands",
            "the guest or node it is about",
            "operators",
            "What people ask of the cluster, with who, why and when; each is answered on cluster.events.",
            false,
            false,
            List.of("OperatorCommand"),
            byWriter(forEver(), INPUT_BYTES));

    public static final Topic GUEST_COMMANDS = new Topic(
            "guest.commands",
            "the guest",
            "the quorum service",
            "Orders to start and stop guests, each to one incarnation of one node.",
            false,
            false,
            List.of("StartGuest", "StopGuest"),
            byBroker(forEver(), OUTPUT_BYTES));

    public static final Topic GUEST_REPORTS = new Topic(
            "guest.reports",
            "the guest",
            "the recovery service of each node",
            "What became of guests: started, stopped, start or stop failed, and whether the service answers.",
            false,
            false,
            List.of("GuestStarted", "GuestStopped", "StartFailed", "StopFailed", "GuestHealth"),
            byWriter(forEver(), INPUT_BYTES));

    public static final Topic FENCE_COMMANDS = new Topic(
            "fence.commands",
            "the node to be powered off",
            "the quorum service",
            "Orders to power a node off.",
            false,
            false,
            List.of("FenceNode"),
            byBroker(forEver(), OUTPUT_BYTES));

    public static final Topic FENCE_REPORTS = new Topic(
            "fence.reports",
            "the node that was to be powered off",
            "the recovery service of the node that ran the fence agent",
            "What fence agents said.",
            false,
            false,
            List.of("FenceReport"),
            byWriter(forEver(), INPUT_BYTES));

    public static final Topic REPLICA_COMMANDS = new Topic(
            "replica.commands",
            "the guest",
            "the quorum service",
            "Orders about the copies of a guest's volume, each to one incarnation of one node.",
            false,
            false,
            List.of("PromoteReplica", "ReplicateFinal", "SetAside", "ReplicateNow", "HoldReplication", "DropAside"),
            byBroker(forEver(), OUTPUT_BYTES));

    public static final Topic REPLICA_REPORTS = new Topic(
            "replica.reports",
            "the guest",
            "the replication service of each node",
            "What became of snapshots, replicas and volumes.",
            false,
            false,
            List.of("SnapshotTaken", "SnapshotDropped", "Replicated", "ReplicationFailed", "ReplicaPromoted",
                    "PromoteFailed", "SetAsideDone", "SetAsideFailed", "DropAsideDone", "DropAsideFailed"),
            byWriter(forEver(), INPUT_BYTES));

    public static final Topic CLUSTER_EVENTS = new Topic(
            "cluster.events",
            "the guest or node it is about, or \"cluster\"",
            "the quorum service",
            "Every decision, with its cause and the rule behind it, in order.",
            false,
            false,
            List.of("Decision"),
            byBroker(forEver(), OUTPUT_BYTES));

    public static final Topic CLUSTER_STATE = new Topic(
            "cluster.state",
            "cluster, progress, journal, node/NAME or guest/NAME",
            "the quorum service",
            "The present view of every guest and node, for people and user interfaces.",
            true,
            false,
            List.of("ClusterView", "Progress", "JournalHead", "NodeState", "GuestState"),
            byBroker(newest(), OUTPUT_BYTES));

    public static final Topic AUDIT_JOURNAL = new Topic(
            "audit.journal",
            "",
            "the quorum service",
            "What the decision maker consumed and what it decided, in that order, and now and then its whole state.",
            false,
            true,
            List.of("JournalInput", "JournalDecision", "JournalCheckpoint"),
            byBroker(during(Duration.ofDays(400)), OUTPUT_BYTES));

    public static final Topic DEAD_LETTERS = new Topic(
            "dead.letters",
            "where the record stands: topic@offset",
            "whichever service could not use the record",
            "Records that could not be used, as they were, with the reason.",
            false,
            false,
            List.of("DeadLetter"),
            byBroker(during(Duration.ofDays(30)), OUTPUT_BYTES));

    /** All topics, in the order in which they are made and shown. */
    public static final List<Topic> ALL = List.of(
            NODE_HEARTBEATS, CLUSTER_SETTINGS, GUEST_SPECS, OPERATOR_COMMANDS, GUEST_COMMANDS, GUEST_REPORTS,
            FENCE_COMMANDS, FENCE_REPORTS, REPLICA_COMMANDS, REPLICA_REPORTS, CLUSTER_EVENTS, CLUSTER_STATE,
            AUDIT_JOURNAL, DEAD_LETTERS);

    /** What the decision maker reads. */
    public static final List<Topic> INPUTS = List.of(
            NODE_HEARTBEATS, CLUSTER_SETTINGS, GUEST_SPECS, OPERATOR_COMMANDS, GUEST_REPORTS, FENCE_REPORTS,
            REPLICA_REPORTS);

    private TopicCatalogue() {}

    /** The topic of that name; empty if it is none of ours. */
    public static Optional<Topic> named(String name) {
        return ALL.stream().filter(topic -> topic.name().equals(name)).findFirst();
    }
}
