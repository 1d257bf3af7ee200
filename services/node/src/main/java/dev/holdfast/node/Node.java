package dev.holdfast.node;

import dev.holdfast.node.broker.EmbeddedBroker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker and the services of one node, started and stopped in order. */
final class Node {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    private final Optional<EmbeddedBroker> broker;
    private final List<NodeService> services;
    private final Deque<NodeService> started = new ArrayDeque<>();
    private boolean stopping;

    /** @param broker empty for a node that is no voter */
    Node(Optional<EmbeddedBroker> broker, List<NodeService> services) {
        this.broker = broker;
        this.services = List.copyOf(services);
    }

    /** Returns when the broker serves and every service has started, or when the node was stopped meanwhile. */
    void start() {
        broker.ifPresent(EmbeddedBroker::start);
        for (NodeService service : services) {
            if (!start(service)) {
                return;
            }
        }
    }

    private synchronized boolean start(NodeService service) {
        if (stopping) {
            return false;
        }
        service.start();
        started.push(service);
        return true;
    }

    /** @return whether everything stopped in an orderly way within the limit, which is the broker's alone */
    boolean stop(Duration brokerLimit) {
        for (NodeService service : toStop()) {
            try {
                service.close();
            } catch (RuntimeException failed) {
                LOG.error("{} did not stop cleanly", service.name(), failed);
            }
        }
        return broker.isEmpty() || broker.get().stop(brokerLimit);
    }

    private synchronized List<NodeService> toStop() {
        stopping = true;
        List<NodeService> newestFirst = List.copyOf(started);
        started.clear();
        return newestFirst;
    }
}
