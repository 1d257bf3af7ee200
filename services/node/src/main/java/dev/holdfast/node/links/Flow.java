package dev.holdfast.node.links;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One direction of one relayed connection.
 *
 * <p>While its direction is cut it reads and drops, and neither an end of stream nor a death passes: the receiver sees
 * nothing at all, as when a cable is pulled. Once something was dropped nothing passes any more, cut or not, because a
 * stream with a hole would be worse than none; {@link RelayedConnection} resets it when the link is whole again.
 */
final class Flow {
    /** Bytes held back by a slow receiver or a delay before the sender is made to wait. */
    private static final int HELD_LIMIT = 4 * 1024 * 1024;

    private final RelayedConnection connection;
    private final Direction direction;
    private final End source;
    private final End target;
    private final Deque<ByteBuffer> held = new ArrayDeque<>();
    private int heldBytes;
    private int delayed;
    private boolean ended;
    private boolean lost;

    Flow(RelayedConnection connection, Direction direction, End source, End target) {
        this.connection = connection;
        this.direction = direction;
        this.source = source;
        this.target = target;
    }

    Direction direction() {
        return direction;
    }

    /** Whether something that was sent will never arrive. */
    boolean hasLost() {
        return lost;
    }

    /** The direction has just been cut: what was under way is lost with it. */
    void cut() {
        if (!held.isEmpty() || delayed > 0) {
            lose();
        }
    }

    /** The source has bytes, or has ended. */
    void read() {
        ByteBuffer chunk = connection.scratch();
        try {
            int count = source.read(chunk.clear());
            if (count < 0) {
                end();
            } else {
                pass(chunk.flip());
            }
        } catch (IOException died) {
            sourceDied();
        }
    }

    /** The target can take more of what was held back. */
    void write() {
        try {
            while (!held.isEmpty()) {
                ByteBuffer first = held.peek();
                heldBytes -= target.write(first);
                if (first.hasRemaining()) {
                    return;
                }
                held.remove();
            }
            target.wantWrite(false);
            source.wantRead(!ended && heldBytes < HELD_LIMIT);
            endWhenEmpty();
        } catch (IOException died) {
            connection.targetDied(this);
        }
    }

    /** From now on everything is swallowed. */
    void lose() {
        lost = true;
        held.clear();
        heldBytes = 0;
        target.wantWrite(false);
        source.wantRead(!ended);
    }

    private boolean swallows() {
        return lost || connection.isCut(direction);
    }

    private void pass(ByteBuffer chunk) throws IOException {
        if (swallows()) {
            lose();
            return;
        }
        Duration delay = connection.delay(direction);
        if (!delay.isZero() || delayed > 0) {
            passLater(copy(chunk), delay);
            return;
        }
        passNow(chunk);
    }

    private void passNow(ByteBuffer chunk) {
        try {
            if (held.isEmpty()) {
                target.write(chunk);
            }
            if (chunk.hasRemaining()) {
                hold(copy(chunk));
                target.wantWrite(true);
            }
        } catch (IOException died) {
            connection.targetDied(this);
        }
    }

    private void passLater(ByteBuffer chunk, Duration delay) {
        delayed++;
        heldBytes += chunk.remaining();
        source.wantRead(heldBytes < HELD_LIMIT);
        connection.after(delay, () -> {
            delayed--;
            if (lost || !target.isOpen()) {
                return;
            }
            heldBytes -= chunk.remaining();
            source.wantRead(!ended && heldBytes < HELD_LIMIT);
            passNow(chunk);
            endWhenEmpty();
        });
    }

    private void hold(ByteBuffer chunk) {
        held.add(chunk);
        heldBytes += chunk.remaining();
        source.wantRead(heldBytes < HELD_LIMIT);
    }

    private void end() {
        ended = true;
        source.wantRead(false);
        if (swallows()) {
            lose();
        } else {
            endWhenEmpty();
        }
    }

    private void endWhenEmpty() {
        if (ended && !lost && held.isEmpty() && delayed == 0) {
            target.endOutput();
            connection.flowEnded();
        }
    }

    private void sourceDied() {
        source.close();
        ended = true;
        if (swallows()) {
            lose();
        } else {
            connection.reset();
        }
    }

    boolean isOver() {
        return ended && !lost && held.isEmpty() && delayed == 0;
    }

    private static ByteBuffer copy(ByteBuffer chunk) {
        return ByteBuffer.allocate(chunk.remaining()).put(chunk).flip();
    }
}
