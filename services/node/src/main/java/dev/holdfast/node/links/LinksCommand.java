package dev.holdfast.node.links;

import dev.holdfast.node.cluster.ClusterConfig;
import java.time.Duration;
import java.util.List;

/**
 * What can be asked of the links: one line of text each, nodes by name.
 * <pre>
 * cut a b        bytes from a to b are dropped; no new connection between the two, whoever opens it
 * heal a b       bytes from a to b pass again, without delay
 * silence a      cut in both directions between a and every other node
 * heal all       everything passes again
 * delay a b 20   bytes from a to b arrive 20 ms later; 0 to 60000
 * reload         listens for nodes that were added to cluster.yaml
 * status         one line per direction
 * </pre>
 */
sealed interface LinksCommand {
    record Cut(Direction direction) implements LinksCommand {
    }

    record Heal(Direction direction) implements LinksCommand {
    }

    record HealAll() implements LinksCommand {
    }

    record Silence(int node) implements LinksCommand {
    }

    record Delay(Direction direction, Duration delay) implements LinksCommand {
    }

    record Reload() implements LinksCommand {
    }

    record Status() implements LinksCommand {
    }

    /** @throws IllegalArgumentException with a sentence for the sender if the line is no command */
    static LinksCommand parse(String line, ClusterConfig cluster) {
        List<String> words = List.of(line.strip().split("\\s+"));
        return switch (words.getFirst() + "/" + (words.size() - 1)) {
            case "cut/2" -> new Cut(direction(words, cluster));
            case "heal/1" -> healAll(words);
            case "heal/2" -> new Heal(direction(words, cluster));
            case "silence/1" -> new Silence(cluster.idOf(words.get(1)));
            case "delay/3" -> new Delay(direction(words, cluster), delay(words.get(3)));
            case "reload/0" -> new Reload();
            case "status/0" -> new Status();
            default -> throw new IllegalArgumentException("'" + line + "' is none of: cut FROM TO, heal FROM TO, "
                    + "heal all, silence NODE, delay FROM TO MS, reload, status");
        };
    }

    private static Direction direction(List<String> words, ClusterConfig cluster) {
        return new Direction(cluster.idOf(words.get(1)), cluster.idOf(words.get(2)));
    }

    private static LinksCommand healAll(List<String> words) {
        if (!words.get(1).equals("all")) {
            throw new IllegalArgumentException("heal takes two nodes or 'all', not '" + words.get(1) + "'");
        }
        return new HealAll();
    }

    private static Duration delay(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 60_000) {
            throw new IllegalArgumentException("delay = '" + text + "': must be 0 to 60000 milliseconds");
        }
        return Duration.ofMillis(Integer.parseInt(text));
    }
}
