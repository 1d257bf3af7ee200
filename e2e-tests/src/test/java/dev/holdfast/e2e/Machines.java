package dev.holdfast.e2e;

import dev.holdfast.node.cluster.ClusterConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** The machines of a test's cluster, whatever they are made of, and what is done to them. */
interface Machines extends AutoCloseable {

    ClusterConfig config();

    /** The folder that the command line is given. */
    Path data();

    /** Switches on whatever is off and waits until all nodes have joined. */
    void bringUp(Duration within, Consumer<String> progress);

    void start(String node);

    /** Power pull; nothing is lost that was acknowledged to a disk. */
    void kill(String... nodes);

    /** Cuts the node off from all others, in both directions; it lives on. */
    void cutOff(String node);

    /** Nobody is cut off any more. */
    void heal();

    /** To the services of a node, not to its guard: STOP, CONT or KILL. */
    void signalServices(String node, String signal);

    /** Where the guest listens; null if that is wherever its node is. */
    String guestAddress();

    /** Where clients of a guest without an address of its own find it, as long as it runs on that node. */
    String addressSeenByClients(String node);

    /** For a guest that is one of ours. */
    String classPathOfGuests();

    /** Where guests leave their evidence, as they see it. */
    String evidenceSeenByGuests();

    /** The same folder, as this process sees it. */
    Path evidence();

    /** Nothing of them is left. */
    @Override
    void close();
}
