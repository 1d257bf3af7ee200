package dev.holdfast.guard.client;

import dev.holdfast.core.guard.Refusal;
import dev.holdfast.guard.protocol.Frames;
import dev.holdfast.guard.protocol.Reply;
import dev.holdfast.guard.protocol.Request;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The client's end of the socket: matches answers to requests and hands news to the listener, in order. */
final class GuardConnection implements AutoCloseable {

    /** A guard that leaves this many requests unanswered stands still; writing on could block. */
    private static final int PENDING_LIMIT = 64;

    private final SocketChannel channel;
    private final GuardListener listener;
    private final ExecutorService news = oneThread("guard-news");
    /** Writes, so that the interruption of a caller cannot close the channel: its end would be a lapse. */
    private final ExecutorService writer = oneThread("guard-requests");

    private final Map<Long, Pending<?>> pending = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong(Frames.NEWS);
    private final AtomicBoolean over = new AtomicBoolean();

    private GuardConnection(SocketChannel channel, GuardListener listener) {
        this.channel = channel;
        this.listener = listener;
    }

    static GuardConnection open(Path socket, GuardListener listener) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException nobodyThere) {
            channel.close();
            throw new IOException("no guard listens on " + socket + ": is it running?", nobodyThere);
        }
        GuardConnection connection = new GuardConnection(channel, listener);
        Thread.ofPlatform().name("guard-answers").daemon().start(connection::readAll);
        return connection;
    }

    <T extends Reply> CompletableFuture<Answer<T>> ask(Request request, Class<T> expected) {
        Pending<T> question = new Pending<>(expected, new CompletableFuture<>());
        if (pending.size() >= PENDING_LIMIT) {
            question.refuse(Refusal.NO_ANSWER, PENDING_LIMIT + " requests are unanswered: the guard stands still");
            return question.answer();
        }
        long id = lastId.incrementAndGet();
        ByteBuffer frame = Frames.frame(id, request);
        pending.put(id, question);
        hand(writer, () -> send(frame));
        if (over.get() && pending.remove(id) != null) {
            question.refuse(Refusal.CONNECTION_LOST, "the connection to the guard is gone");
        }
        return question.answer();
    }

    @Override
    public void close() {
        over.set(true);
        closeQuietly();
        refuseAll("the client was closed");
        news.shutdown();
        writer.shutdown();
    }

    private void send(ByteBuffer frame) {
        try {
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        } catch (IOException lost) {
            end("the connection broke while writing: " + lost.getMessage());
        }
    }

    private void readAll() {
        try {
            while (true) {
                int length = Frames.checkedLength(read(Frames.LENGTH_BYTES).getInt(), Frames.REPLY_LIMIT_BYTES);
                ByteBuffer body = read(length);
                receive(body.getLong(), Frames.reply(body));
            }
        } catch (EOFException closed) {
            end("the guard closed the connection");
        } catch (IOException broken) {
            end("the connection broke: " + broken.getMessage());
        }
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }

    private void receive(long id, Reply reply) {
        if (reply instanceof Reply.News message) {
            hand(news, () -> deliver(message));
            return;
        }
        Pending<?> question = pending.remove(id);
        if (question != null) {
            question.resolve(reply);
        }
    }

    private void deliver(Reply.News message) {
        switch (message) {
            case Reply.Expiring expiring -> listener.expiring(expiring);
            case Reply.Expired expired -> listener.expired(expired);
            case Reply.GuestExited exited -> listener.guestExited(exited);
            case Reply.Thawed thawed -> listener.thawed(thawed);
        }
    }

    private void end(String why) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        closeQuietly();
        refuseAll(why);
        hand(news, () -> listener.connectionLost(why));
        news.shutdown();
        writer.shutdown();
    }

    private static void hand(ExecutorService thread, Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException closedMeanwhile) {
            // Whoever waits for it has been or is being refused.
        }
    }

    private static ExecutorService oneThread(String name) {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    private void refuseAll(String why) {
        for (Long id : pending.keySet()) {
            Pending<?> question = pending.remove(id);
            if (question != null) {
                question.refuse(Refusal.CONNECTION_LOST, why);
            }
        }
    }

    private void closeQuietly() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // Nothing is lost: there is no unsent data on our side.
        }
    }

    /** A request under way. */
    private record Pending<T extends Reply>(Class<T> expected, CompletableFuture<Answer<T>> answer) {

        void resolve(Reply reply) {
            if (reply instanceof Reply.Refused refused) {
                refuse(refused.reason(), refused.detail());
            } else if (expected.isInstance(reply)) {
                answer.complete(new Answer.Given<>(expected.cast(reply)));
            } else {
                refuse(Refusal.INVALID, "the guard answered with " + reply.getClass().getSimpleName());
            }
        }

        void refuse(Refusal reason, String detail) {
            answer.complete(new Answer.Refused<>(reason, detail));
        }
    }
}
