package dev.holdfast.node.cluster;

import java.util.regex.Pattern;

/**
 * All nodes on this host, in one part of 127.0.0.0/8, e.g. {@code 127.77}.
 *
 * <p>Node {@code i} listens on {@code net.0.i}; what node {@code i} sends to node {@code j} passes the relay at
 * {@code net.i.j}, so a relay knows both ends from the address alone.
 *
 * @param prefix the first two octets, 127.77 to 127.99
 */
public record Net(String prefix) implements Reach {
    static final int FIRST = 77;
    static final int LAST = 99;
    private static final Pattern FORM = Pattern.compile("127\\.(7[7-9]|[89][0-9])");

    /** @throws InvalidConfig if the prefix is not one of 127.77 to 127.99 */
    public Net {
        InvalidConfig.require(prefix != null && FORM.matcher(prefix).matches(), "net", prefix,
                "must be one of 127.77 to 127.99 (quoted, or YAML reads a number)");
    }

    /** Address a node listens on; {@code id} counts from 1. */
    public String real(int id) {
        return prefix + ".0." + id;
    }

    /** Address that node {@code from} uses to reach node {@code to}. */
    public String relay(int from, int to) {
        return prefix + "." + from + "." + to;
    }

    /** Source address of the relays' own connections, which no node ever uses. */
    public String relaysOwn() {
        return prefix + ".255.254";
    }

    @Override
    public String toString() {
        return prefix;
    }
}
