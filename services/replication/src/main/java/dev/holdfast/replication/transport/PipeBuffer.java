package dev.holdfast.replication.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One direction of a pipe: bytes in order through a ring of fixed size. */
final class PipeBuffer {

    private final byte[] ring;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int first;
    private int held;
    private boolean ended;
    private boolean unread;

    PipeBuffer(int capacity) {
        this.ring = new byte[capacity];
    }

    final InputStream input = new InputStream() {
        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return length == 0 ? 0 : take(target, offset, length);
        }
    };

    final OutputStream output = new OutputStream() {
        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            for (int at = 0; at < length; ) {
                at += put(source, offset + at, length - at);
            }
        }
    };

    /** The writer is done: what is held can still be read, then the input ends. */
    void end() {
        change(() -> ended = true);
    }

    /** The reader is gone: whoever writes is told so, and a read that waits fails. */
    void abandon() {
        change(() -> unread = true);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private int put(byte[] source, int offset, int length) throws IOException {
        lock.lock();
        try {
            while (held == ring.length && !unread && !ended) {
                awaitChange();
            }
            if (unread || ended) {
                throw new IOException(unread ? "the other side has closed the pipe" : "the pipe is closed");
            }
            int at = (first + held) % ring.length;
            int size = Math.min(length, Math.min(ring.length - held, ring.length - at));
            System.arraycopy(source, offset, ring, at, size);
            held += size;
            changed.signalAll();
            return size;
        } finally {
            lock.unlock();
        }
    }

    private int take(byte[] target, int offset, int length) throws IOException {
        lock.lock();
        try {
            while (held == 0 && !ended && !unread) {
                awaitChange();
            }
            if (unread) {
                throw new IOException("the pipe is closed");
            }
            if (held == 0) {
                return -1;
            }
            int size = Math.min(length, Math.min(held, ring.length - first));
            System.arraycopy(ring, first, target, offset, size);
            first = (first + size) % ring.length;
            held -= size;
            changed.signalAll();
            return size;
        } finally {
            lock.unlock();
        }
    }

    private void awaitChange() throws InterruptedIOException {
        try {
            changed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
