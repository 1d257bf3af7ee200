package dev.holdfast.guard.server;

import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.protocol.Frames;
import dev.holdfast.guard.protocol.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.BiConsumer;

/** One client's socket, never waited for. */
final class Connection implements Peer {

    private static final int FIRST_BUFFER_BYTES = 1024;
    /** A client that lets more than this pile up is stopped or hangs, and is disconnected. */
    private static final int UNREAD_LIMIT_BYTES = 2 * Frames.REPLY_LIMIT_BYTES;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private int unsentBytes;
    private ByteBuffer received = ByteBuffer.allocate(FIRST_BUFFER_BYTES);
    private String role = "unknown";
    private ProcessIdentity process;
    private boolean broken;

    Connection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    @Override
    public ProcessIdentity process() {
        return process;
    }

    @Override
    public String role() {
        return role;
    }

    @Override
    public void greeted(String newRole, ProcessIdentity newProcess) {
        role = newRole;
        process = newProcess;
    }

    /** Whether it has to be given up because its client does not read or has gone. */
    boolean isBroken() {
        return broken;
    }

    @Override
    public void send(long id, Reply reply) {
        if (broken) {
            return;
        }
        ByteBuffer frame = Frames.frame(id, reply);
        unsent.add(frame);
        unsentBytes += frame.remaining();
        flush();
        broken |= unsentBytes > UNREAD_LIMIT_BYTES;
    }

    /** Writes what the socket takes. */
    void flush() {
        try {
            while (!unsent.isEmpty()) {
                ByteBuffer frame = unsent.peek();
                unsentBytes -= channel.write(frame);
                if (frame.hasRemaining()) {
                    break;
                }
                unsent.remove();
            }
            key.interestOps(unsent.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        } catch (IOException gone) {
            broken = true;
        }
    }

    /**
     * Reads what is there and hands over every whole frame.
     *
     * @throws IOException if the client has gone or sends what is no frame
     */
    void read(BiConsumer<Long, ByteBuffer> frames) throws IOException {
        int count = channel.read(received);
        if (count < 0) {
            throw new EOFException("closed by the client");
        }
        received.flip();
        while (received.remaining() >= Frames.LENGTH_BYTES) {
            int length = Frames.checkedLength(received.getInt(received.position()), Frames.REQUEST_LIMIT_BYTES);
            if (received.remaining() < Frames.LENGTH_BYTES + length) {
                break;
            }
            ByteBuffer body = received.slice(received.position() + Frames.LENGTH_BYTES, length);
            received.position(received.position() + Frames.LENGTH_BYTES + length);
            frames.accept(body.getLong(), body);
        }
        received.compact();
        makeRoom();
    }

    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // There is nobody left to tell.
        }
    }

    private void makeRoom() {
        if (!received.hasRemaining()) {
            byte[] larger = Arrays.copyOf(received.array(), 2 * received.capacity());
            received = ByteBuffer.wrap(larger).position(received.position());
        }
    }
}
