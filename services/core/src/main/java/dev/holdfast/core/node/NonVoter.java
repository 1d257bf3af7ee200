package dev.holdfast.core.node;

import java.util.regex.Pattern;

/**
 * A node that was added to a cluster: it holds copies, runs guests, and is fenced as any other, but its beats are no
 * testimony, it counts in no majority, and it keeps no part of the log.
 *
 * @param name small letters, digits and dashes, at most 30 characters; no name of a voter
 * @param id number of the node in the cluster, after those of the voters, at most {@link #GREATEST_ID}; never used again
 * @param address where the others reach its machine; null on a cluster of one host, where it follows from the id
 */
public record NonVoter(String name, int id, String address) {

    public static final int GREATEST_ID = 200;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,29}");

    public NonVoter {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name is '" + name
                    + "'; it must start with a small letter and have at most 30 small letters, digits and dashes");
        }
        if (id < 1 || id > GREATEST_ID) {
            throw new IllegalArgumentException("id is " + id + "; it must be 1 to " + GREATEST_ID);
        }
        if (address != null && address.isBlank()) {
            throw new IllegalArgumentException("address is empty; it must be an address, or left out on one host");
        }
    }
}
