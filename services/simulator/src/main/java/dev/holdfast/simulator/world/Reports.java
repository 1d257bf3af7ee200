package dev.holdfast.simulator.world;

import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.message.Message;
import dev.holdfast.core.message.ReplicaReport;
import java.util.ArrayDeque;
import java.util.Deque;

/** Files reports in order, each until the log has acknowledged it; a second copy may stand there then. */
final class Reports {

    private static final long RETRY = Chance.SECOND;

    private final Life life;
    private final Topic topic;
    private final Deque<Message> waiting = new ArrayDeque<>();
    private boolean sending;

    Reports(Life life, Topic topic) {
        this.life = life;
        this.topic = topic;
    }

    void file(Message report) {
        life.world.invariants.reported(report);
        if (isRoutine(report)) {
            life.world.noteRoutine(report::summary);
        } else {
            life.world.note(report::summary);
        }
        waiting.add(report);
        if (!sending) {
            send();
        }
    }

    boolean isDone() {
        return waiting.isEmpty();
    }

    private void send() {
        Message head = waiting.peek();
        sending = head != null;
        if (head == null) {
            return;
        }
        life.machine.link.produce(topic, key(head), head, life, offset -> {
            if (waiting.peek() == head) {
                waiting.poll();
                send();
            }
        });
        life.in(RETRY, () -> {
            if (waiting.peek() == head) {
                send();
            }
        });
    }

    private static boolean isRoutine(Message report) {
        return report instanceof ReplicaReport.Replicated
                || report instanceof ReplicaReport.ReplicationFailed
                || report instanceof ReplicaReport.SnapshotTaken taken && !taken.last();
    }

    private static String key(Message report) {
        return switch (report) {
            case GuestReport guest -> guest.guest();
            case ReplicaReport replica -> replica.guest();
            default -> "";
        };
    }
}
