package dev.holdfast.replication.transfer;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/**
 * A stream of unknown length over a connection that goes on afterwards, with a checksum over all of it. Between two chunks
 * the sender may say that it is there and has nothing to send yet.
 */
final class Chunks {

    private static final int MAX = 64 * 1024;
    private static final int STILL_HERE = -1;

    private Chunks() {}

    static final class Out extends OutputStream {

        private final DataOutputStream out;
        private final Pacing pacing;
        private final LongConsumer progress;
        private final CRC32C checksum = new CRC32C();
        private long bytes;

        /**
         * @param pacing asked before each chunk
         * @param progress told the bytes so far after each chunk
         */
        Out(DataOutputStream out, Pacing pacing, LongConsumer progress) {
            this.out = out;
            this.pacing = pacing;
            this.progress = progress;
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            for (int at = 0; at < length; at += MAX) {
                int size = Math.min(MAX, length - at);
                pacing.await(size, this::stillHere);
                out.writeInt(size);
                out.write(source, offset + at, size);
                checksum.update(source, offset + at, size);
                bytes += size;
                if (pacing.isFlushDue()) {
                    out.flush();
                }
                progress.accept(bytes);
            }
        }

        private void stillHere() throws IOException {
            out.writeInt(STILL_HERE);
            out.flush();
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        /** Ends the stream; the connection stays open. */
        void finish() throws IOException {
            out.writeInt(0);
            out.writeLong(bytes);
            out.writeInt((int) checksum.getValue());
            out.flush();
        }

        long bytes() {
            return bytes;
        }
    }

    static final class In extends InputStream {

        private final DataInputStream in;
        private final LongConsumer progress;
        private final CRC32C checksum = new CRC32C();
        private long bytes;
        private int left;
        private boolean ended;

        /** @param progress told the bytes so far after each read */
        In(DataInputStream in, LongConsumer progress) {
            this.in = in;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0 && !nextChunk()) {
                return -1;
            }
            int read = in.read(target, offset, Math.min(left, length));
            if (read < 0) {
                throw new EOFException("the connection ends within a chunk");
            }
            checksum.update(target, offset, read);
            left -= read;
            bytes += read;
            progress.accept(bytes);
            return read;
        }

        private boolean nextChunk() throws IOException {
            if (ended) {
                return false;
            }
            do {
                left = in.readInt();
            } while (left == STILL_HERE);
            if (left < 0 || left > MAX) {
                throw new Wire.Garbage("a chunk of " + left + " bytes, allowed are " + MAX);
            }
            ended = left == 0;
            if (ended) {
                checkEnd(in.readLong(), in.readInt());
            }
            return !ended;
        }

        private void checkEnd(long sent, int sentChecksum) throws IOException {
            if (sent != bytes || sentChecksum != (int) checksum.getValue()) {
                throw new Wire.Garbage("received " + bytes + " of " + sent + " bytes, or their checksum differs");
            }
        }
    }
}
