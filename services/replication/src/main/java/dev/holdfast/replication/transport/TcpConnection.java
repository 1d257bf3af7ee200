package dev.holdfast.replication.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A connected socket. */
public final class TcpConnection implements Connection {

    private final Socket socket;
    private final InputStream input;
    private final OutputStream output;

    private TcpConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.input = socket.getInputStream();
        this.output = socket.getOutputStream();
        socket.setTcpNoDelay(true);
    }

    /** @param socket connected; from now on closed by the connection */
    public static Connection of(Socket socket) throws IOException {
        return new TcpConnection(socket);
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public String name() {
        return String.valueOf(socket.getRemoteSocketAddress());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed as far as it can be.
        }
    }
}
