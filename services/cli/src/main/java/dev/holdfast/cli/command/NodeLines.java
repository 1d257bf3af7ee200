package dev.holdfast.cli.command;

import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Listing;
import dev.holdfast.cli.output.Span;
import dev.holdfast.cli.read.LastBeats;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolStanding;
import dev.holdfast.core.state.NodeState;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Nodes as the log shows them. */
final class NodeLines {

    private NodeLines() {}

    static Listing<NodeState> listing(Overview overview) {
        return new Listing<NodeState>(node -> fields(overview, node))
                .column("NODE", NodeState::name)
                .column("STATE", node -> state(overview, node))
                .column("INCARNATION", node -> node.incarnation() == null ? null : node.incarnation().toString())
                .column("LAST BEAT", node -> lastBeat(overview.beats(), node.name()))
                .column("GUARD", NodeState::guardKind)
                .column("POOL", node -> pool(node, newest(overview, node)))
                .column("RUNNING", node -> running(overview.beats().of(node.name())
                        .map(beat -> beat.beat().running())
                        .orElse(node.running())));
    }

    /** The very newest beats have been read by nobody yet; then their place on the log says how fresh they are. */
    private static String lastBeat(LastBeats beats, String node) {
        return beats.age(node)
                .map(age -> Span.of(age) + " ago")
                .or(() -> beats.behind(node).map(behind -> behind == 0 ? "newest" : behind + " beats ago"))
                .orElse(null);
    }

    private static String state(Overview overview, NodeState node) {
        String liveness = node.liveness().name().toLowerCase(Locale.ROOT) + (isVoter(overview, node) ? "" : ", no voter");
        return node.whyNoGuests() == null ? liveness : liveness + ", " + node.whyNoGuests();
    }

    /** Before there are settings nobody can tell. */
    private static boolean isVoter(Overview overview, NodeState node) {
        return overview.state().settings() == null || overview.state().isVoter(node.name());
    }

    /** The pool as the newest beat says, and what it was decided to be fit for. */
    private static String pool(NodeState node, PoolHealth newest) {
        if (node.poolStanding() == null || newest == null) {
            return null;
        }
        return node.poolStanding() + (newest.sizeBytes() == 0 ? "" : " " + newest.usedPercent() + " %");
    }

    private static PoolHealth newest(Overview overview, NodeState node) {
        return overview.beats().of(node.name()).map(found -> found.beat().pool()).orElse(node.pool());
    }

    private static Fields pool(PoolHealth pool, PoolStanding standing) {
        return pool == null ? null : Fields.of("name", pool.pool())
                .and("standing", standing)
                .and("state", pool.state())
                .and("sizeBytes", pool.sizeBytes())
                .and("usedBytes", pool.usedBytes())
                .and("usedPercent", pool.usedPercent())
                .and("errors", pool.errors())
                .and("scrubbedAt", pool.scrubbedAt())
                .and("detail", pool.detail());
    }

    private static String running(Map<String, Long> running) {
        return running.entrySet().stream()
                .map(guest -> guest.getKey() + " (epoch " + guest.getValue() + ")")
                .collect(Collectors.joining(", "));
    }

    static Fields fields(Overview overview, NodeState node) {
        var beat = overview.beats().of(node.name());
        return Fields.of("node", node.name())
                .and("voter", isVoter(overview, node))
                .and("liveness", node.liveness())
                .and("draining", node.draining())
                .and("maintenance", node.maintenance())
                .and("shutdown", node.shutdown())
                .and("incarnation", node.incarnation() == null ? null : node.incarnation().toString())
                .and("lastBeatOffset", beat.map(found -> found.offset()).orElse(node.lastOffset()))
                .and("lastBeatAgeMs", overview.beats().age(node.name()).orElse(null))
                .and("guardKind", node.guardKind())
                .and("whyNoGuests", node.whyNoGuests())
                .and("pool", pool(newest(overview, node), node.poolStanding()))
                .and("settingsVersion", beat.map(found -> found.beat().settingsVersion()).orElse(node.settingsVersion()))
                .and("running", beat.map(found -> found.beat().running()).orElse(node.running()));
    }
}
