package dev.holdfast.replication.zfs;

import java.io.IOException;
import java.util.List;

/** The two commands, {@code zfs} and {@code zpool}: everything the driver does to a pool goes through here. */
public interface Zfs {

    /**
     * Runs a command to its end.
     *
     * @param command program and arguments; no shell sees them
     * @return the lines of its output
     * @throws ZfsFailed if it exits with anything but 0, cannot be run or takes too long (it is killed then)
     */
    List<String> run(List<String> command) throws IOException;

    /**
     * Begins a command that reads or writes a stream.
     *
     * @throws ZfsFailed if it cannot be run
     */
    ZfsStream start(List<String> command) throws IOException;
}
