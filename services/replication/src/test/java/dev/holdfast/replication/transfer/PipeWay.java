package dev.holdfast.replication.transfer;

import dev.holdfast.replication.transport.Connection;
import dev.holdfast.replication.transport.PipeRoute;
import dev.holdfast.replication.transport.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/** Pipes, and an end of one that fails. */
final class PipeWay implements Way {

    @Override
    public Route to(ReplicaServer server) {
        return new PipeRoute("b", server);
    }

    @Override
    public Broken broken(ReplicaServer server, long limit, boolean cut) {
        CountDownLatch over = new CountDownLatch(1);
        PipeRoute failing = new PipeRoute("b", connection -> server.take(new Failing(connection, limit, cut, over)));
        return new Broken(failing, over::countDown);
    }

    @Override
    public String calledFrom() {
        return "pipe to b";
    }

    /** What the target reads of it is cut or falls silent after a number of bytes. */
    private static final class Failing implements Connection {

        private final Connection whole;
        private final boolean cut;
        private final CountDownLatch over;
        private long left;

        private Failing(Connection whole, long limit, boolean cut, CountDownLatch over) {
            this.whole = whole;
            this.left = limit;
            this.cut = cut;
            this.over = over;
        }

        @Override
        public InputStream input() {
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    byte[] single = new byte[1];
                    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    if (left == 0) {
                        fail();
                    }
                    int read = whole.input().read(target, offset, (int) Math.min(length, left));
                    left -= Math.max(0, read);
                    return read;
                }
            };
        }

        private void fail() throws IOException {
            if (cut) {
                whole.close();
            } else {
                awaitEnd();
            }
            throw new IOException("it failed, as the test wants it");
        }

        private void awaitEnd() {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** After it failed nothing passes in the other direction either. */
        @Override
        public OutputStream output() {
            return new OutputStream() {
                @Override
                public void write(int single) throws IOException {
                    write(new byte[] {(byte) single}, 0, 1);
                }

                @Override
                public void write(byte[] source, int offset, int length) throws IOException {
                    if (left > 0) {
                        whole.output().write(source, offset, length);
                    }
                }
            };
        }

        @Override
        public void endOutput() throws IOException {
            whole.endOutput();
        }

        @Override
        public String name() {
            return whole.name();
        }

        @Override
        public void close() {
            over.countDown();
            whole.close();
        }
    }
}
