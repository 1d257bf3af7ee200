package dev.holdfast.guard.server;

import dev.holdfast.core.guard.Refusal;
import dev.holdfast.guard.protocol.Frames;
import dev.holdfast.guard.protocol.MalformedFrame;
import dev.holdfast.guard.protocol.Reply;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** The guard's one thread: takes requests, work of other threads and time, in turn, and never blocks on a client. */
final class GuardLoop implements Executor {

    private static final int CONNECTION_LIMIT = 64;

    private final Selector selector;
    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    private final List<Connection> connections = new ArrayList<>();
    private final Log log;

    GuardLoop(Log log) throws IOException {
        this.log = log;
        this.selector = Selector.open();
    }

    void listen(Path socket) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Has it done by the guard's thread, soon. */
    @Override
    public void execute(Runnable task) {
        work.add(task);
        selector.wakeup();
    }

    /** Sends news to every client that has said hello. */
    void tellAll(Reply.News news) {
        for (Connection connection : List.copyOf(connections)) {
            if (connection.process() != null) {
                connection.send(Frames.NEWS, news);
            }
        }
    }

    /** Runs until the guard is over. */
    void run(Guard guard) throws IOException {
        for (tick(guard); !guard.isOver(); tick(guard)) {
            await(guard.untilNext());
            for (Runnable task = work.poll(); task != null; task = work.poll()) {
                task.run();
            }
            for (SelectionKey key : selector.selectedKeys()) {
                serve(key, guard);
            }
            selector.selectedKeys().clear();
        }
    }

    private void tick(Guard guard) {
        guard.tick();
        dropBroken(guard);
    }

    private void await(Duration untilNext) throws IOException {
        if (untilNext == null) {
            selector.select();
        } else if (untilNext.isPositive()) {
            selector.select(untilNext.toMillis() + 1);
        } else {
            selector.selectNow();
        }
    }

    private void serve(SelectionKey key, Guard guard) throws IOException {
        if (!key.isValid()) {
            return;
        }
        if (key.isAcceptable()) {
            accept((ServerSocketChannel) key.channel());
            return;
        }
        Connection connection = (Connection) key.attachment();
        if (key.isWritable()) {
            connection.flush();
        }
        if (key.isValid() && key.isReadable()) {
            read(connection, guard);
        }
    }

    private void accept(ServerSocketChannel server) throws IOException {
        SocketChannel channel = server.accept();
        if (channel == null) {
            return;
        }
        if (connections.size() >= CONNECTION_LIMIT) {
            log.say("a connection was refused: " + CONNECTION_LIMIT + " are open");
            channel.close();
            return;
        }
        channel.configureBlocking(false);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        Connection connection = new Connection(channel, key);
        key.attach(connection);
        connections.add(connection);
    }

    private void read(Connection connection, Guard guard) {
        try {
            connection.read((id, body) -> handle(connection, id, body, guard));
        } catch (IOException gone) {
            drop(connection, guard, gone.getMessage());
        }
    }

    private void handle(Connection connection, long id, ByteBuffer body, Guard guard) {
        try {
            guard.handle(connection, id, Frames.request(body));
        } catch (MalformedFrame bad) {
            connection.send(id, new Reply.Refused(Refusal.INVALID, bad.getMessage()));
        }
    }

    private void dropBroken(Guard guard) {
        for (Connection connection : List.copyOf(connections)) {
            if (connection.isBroken()) {
                drop(connection, guard, "it does not read, or has gone");
            }
        }
    }

    private void drop(Connection connection, Guard guard, String why) {
        if (connections.remove(connection)) {
            connection.close();
            log.say(connection.role() + " (" + connection.process() + ") disconnected: " + why);
            guard.closed(connection);
        }
    }
}
