package dev.holdfast.core.model.volume;

import java.util.List;

/**
 * Bounds of one exploration.
 *
 * @param snapshots per epoch, the first being 1, how many snapshots its owner takes; as many epochs are issued
 * @param failures how often a node fails at most
 * @param endings how often the guest ends by itself, or is moved, at most
 * @param readings how often one order is carried out at most, since it may be read again
 */
record Setting(int nodes, List<Integer> snapshots, int failures, int endings, int readings) {

    static Setting nodesThatFail() {
        return new Setting(2, List.of(1, 1, 1), 3, 0, 1);
    }

    static Setting moves() {
        return new Setting(2, List.of(1, 1, 1, 0), 0, 3, 2);
    }

    static Setting failuresAndAMove() {
        return new Setting(2, List.of(1, 1, 1), 2, 1, 2);
    }

    static Setting threeNodes() {
        return new Setting(3, List.of(1, 2, 0), 2, 0, 1);
    }

    int epochs() {
        return snapshots.size();
    }
}
