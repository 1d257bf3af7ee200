package dev.holdfast.replication.transfer;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between two ends and, after a number of bytes towards the target, cuts the connection or falls silent
 * both ways.
 */
final class Relay implements Closeable {

    private final ServerSocket listening;
    private final int port;
    private final long limit;
    private final boolean cut;
    private volatile boolean silent;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    Relay(int port, long limit, boolean cut) throws IOException {
        this.listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.port = port;
        this.limit = limit;
        this.cut = cut;
        Thread.ofVirtual().start(this::run);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort());
    }

    private void run() {
        try {
            Socket source = listening.accept();
            Socket target = new Socket(InetAddress.getLoopbackAddress(), port);
            sockets.addAll(List.of(source, target));
            Thread.ofVirtual().start(() -> pump(target, source, Long.MAX_VALUE));
            pump(source, target, limit);
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void pump(Socket from, Socket to, long most) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (long left = most; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (silent) {
                    return;
                }
                if (read < 0) {
                    to.close();
                    return;
                }
                out.write(buffer, 0, read);
                left -= read;
            }
            silent = !cut;
            if (cut) {
                from.close();
                to.close();
            }
        } catch (IOException e) {
            // One end is gone.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
