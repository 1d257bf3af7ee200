package dev.holdfast.node.links;

/** Bytes from one node to another, by id from 1. A TCP connection carries both directions, whoever opened it. */
record Direction(int from, int to) {
    Direction {
        if (from == to || from < 1 || to < 1) {
            throw new IllegalArgumentException("no direction from " + from + " to " + to);
        }
    }

    Direction opposite() {
        return new Direction(to, from);
    }
}
