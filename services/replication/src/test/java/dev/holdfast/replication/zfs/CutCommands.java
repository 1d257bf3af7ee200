package dev.holdfast.replication.zfs;

import java.io.IOException;
import java.util.List;

/**
 * Runs commands until the power is cut: just before the nth that changes anything. That is also just after the one
 * before it, for nothing else changes a pool.
 */
final class CutCommands implements Zfs {

    private final Zfs zfs;
    private final int cutAt;
    private int changes;

    /** Not an exception: nothing that the driver does when a command fails may run. */
    static final class PowerCut extends Error {
        PowerCut(List<String> command) {
            super(String.join(" ", command));
        }
    }

    CutCommands(Zfs zfs, int cutAt) {
        this.zfs = zfs;
        this.cutAt = cutAt;
    }

    private boolean isCut(List<String> command) {
        boolean reads = List.of("get", "list", "version", "-?").contains(command.get(1))
                || command.getFirst().equals("sync");
        changes += reads ? 0 : 1;
        return changes >= cutAt;
    }

    @Override
    public List<String> run(List<String> command) throws IOException {
        if (isCut(command)) {
            throw new PowerCut(command);
        }
        return zfs.run(command);
    }

    @Override
    public ZfsStream start(List<String> command) throws IOException {
        if (isCut(command)) {
            throw new PowerCut(command);
        }
        return zfs.start(command);
    }
}
