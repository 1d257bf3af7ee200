package dev.holdfast.recovery.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Callable;

/** Answered when a connection opens. */
record TcpQuestion(String address, int port) implements Callable<Void> {

    @Override
    public Void call() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port));
            return null;
        }
    }
}
