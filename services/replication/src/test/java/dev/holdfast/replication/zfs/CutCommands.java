package dev.holdfast.replication.zfs;

import java.io.IOException;
import java.util.List;

/** Runs commands until the power is cut: before or after the nth that changes anything, and then none any more. */
final class CutCommands implements Zfs {

    private final Zfs zfs;
    private final int cutAt;
    private final boolean after;
    private int changes;

    /** Not an exception: nothing that the driver does when a command fails may run. */
    static final class PowerCut extends Error {
        PowerCut(List<String> command) {
            super(String.join(" ", command));
        }
    }

    /** @param after whether the nth command itself is still carried out */
    CutCommands(Zfs zfs, int cutAt, boolean after) {
        this.zfs = zfs;
        this.cutAt = cutAt;
        this.after = after;
    }

    /** How many commands changed something, or would have. */
    int changes() {
        return changes;
    }

    private boolean isCut(List<String> command) {
        boolean reads = List.of("get", "list", "version", "-?").contains(command.get(1))
                || command.getFirst().equals("sync");
        changes += reads ? 0 : 1;
        return changes > cutAt || changes == cutAt && !reads && !after;
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
