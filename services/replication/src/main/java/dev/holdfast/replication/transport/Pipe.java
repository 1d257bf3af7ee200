package dev.holdfast.replication.transport;

import java.io.InputStream;
import java.io.OutputStream;

/** A connection within this process, with the manners of a socket: bounded, half-closed, cut by either end. */
public final class Pipe {

    /** Enough for either end to work on while the other one waits for its turn on a processor. */
    static final int CAPACITY = 1024 * 1024;

    private final PipeBuffer towards = new PipeBuffer(CAPACITY);
    private final PipeBuffer back = new PipeBuffer(CAPACITY);
    private final String name;

    /** @param name what each end calls the other */
    public Pipe(String name) {
        this.name = name;
    }

    /** The end of whoever connects. */
    public Connection near() {
        return new End(name, back, towards);
    }

    /** The end of whoever is connected to. */
    public Connection far() {
        return new End(name, towards, back);
    }

    private record End(String name, PipeBuffer from, PipeBuffer to) implements Connection {

        @Override
        public InputStream input() {
            return from.input;
        }

        @Override
        public OutputStream output() {
            return to.output;
        }

        @Override
        public void endOutput() {
            to.end();
        }

        @Override
        public void close() {
            to.end();
            from.abandon();
        }
    }
}
