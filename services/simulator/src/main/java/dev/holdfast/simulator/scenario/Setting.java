package dev.holdfast.simulator.scenario;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The cluster of a scripted run. All its nodes are off at first.
 *
 * @param nodes names of 3 to 7 machines; of an even number the last one is no voter, since voters are an odd number
 * @param coldStartWait see {@link ClusterSettings#coldStartWait()}
 * @param decisionMakerOn where the decision maker is whenever it can be there; null for the first node that can have it
 * @param seed decides how long each machine takes to boot, and so when each beats; all else is fixed
 */
public record Setting(
        List<String> nodes, Timing timing, Duration coldStartWait, String decisionMakerOn, long seed) {

    private static final int FEWEST = 3;
    private static final int MOST = 7;

    public Setting {
        nodes = List.copyOf(nodes);
        require(nodes.size() >= FEWEST && nodes.size() <= MOST, "nodes is " + nodes + "; name 3 to 7");
        require(Set.copyOf(nodes).size() == nodes.size(), "nodes is " + nodes + "; name each once");
        require(decisionMakerOn == null || nodes.contains(decisionMakerOn),
                "decisionMakerOn is " + decisionMakerOn + "; the nodes are " + nodes);
    }

    /** These nodes with that timing, and otherwise what a new cluster has. */
    public static Setting of(List<String> nodes, Timing timing) {
        return new Setting(nodes, timing, ClusterSettings.COLD_START_WAIT, null, 1);
    }

    List<String> voters() {
        return nodes.subList(0, nodes.size() - (nodes.size() + 1) % 2);
    }

    List<String> others() {
        return nodes.subList(voters().size(), nodes.size());
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
