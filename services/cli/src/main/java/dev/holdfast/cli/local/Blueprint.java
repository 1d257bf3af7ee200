package dev.holdfast.cli.local;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a new cluster is to be.
 *
 * @param name for people
 * @param nodes 3, 5 or 7 names
 * @param profile timing profile: fast, default or careful
 * @param registryUrl schema registry; empty for none
 * @param dataset ZFS dataset of the volumes, with {@code {node}} for the node's name; empty for directories
 */
public record Blueprint(String name, List<String> nodes, String profile, Optional<URI> registryUrl,
        Optional<String> dataset) {

    public Blueprint {
        nodes = List.copyOf(nodes);
    }

    /** A cluster of so many nodes named a, b, c …, without a registry. */
    public static Blueprint of(int nodes, String profile) {
        List<String> names = IntStream.range(0, nodes).mapToObj(i -> String.valueOf((char) ('a' + i))).toList();
        return new Blueprint("holdfast", names, profile, Optional.empty(), Optional.empty());
    }

    /** The same with its volumes on ZFS. */
    public Blueprint on(String zfsDataset) {
        return new Blueprint(name, nodes, profile, registryUrl, Optional.of(zfsDataset));
    }
}
