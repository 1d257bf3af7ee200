package dev.holdfast.replication.volume;

import dev.holdfast.replication.volume.MissingBlocks.Missing;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An increment as a stream: magic, id of the base (or nothing), manifest, then the bytes of the missing blocks in the
 * order of {@link MissingBlocks}. Every byte is covered: the manifest by its checksum, the blocks by its hashes.
 */
final class IncrementFormat {

    private static final long MAGIC = 0x48464e4352450001L;
    private static final int MAX_ID = 128;

    private IncrementFormat() {}

    /** What comes before the blocks. */
    record Head(Optional<String> base, Manifest manifest) {}

    static long headBytes(Optional<String> base, byte[] manifest) {
        return Long.BYTES + Short.BYTES + base.orElse("").length() + Integer.BYTES + manifest.length;
    }

    static void writeHead(OutputStream stream, Optional<String> base, byte[] manifest) throws IOException {
        DataOutputStream out = new DataOutputStream(stream);
        byte[] id = base.orElse("").getBytes(StandardCharsets.US_ASCII);
        out.writeLong(MAGIC);
        out.writeShort(id.length);
        out.write(id);
        out.writeInt(manifest.length);
        out.write(manifest);
        out.flush();
    }

    static void writeBlocks(OutputStream stream, PartTree tree, MissingBlocks missing) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Blocks.BLOCK);
        for (Missing block : missing.blocks()) {
            buffer.clear();
            tree.readBlock(block.file(), block.block(), buffer);
            stream.write(buffer.array(), 0, buffer.position());
        }
    }

    /**
     * @throws StreamFailed if the stream ends or fails
     * @throws InvalidManifest if it is not an increment
     */
    static Head readHead(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        try {
            if (in.readLong() != MAGIC) {
                throw new InvalidManifest("stream: it does not begin as an increment does");
            }
            int idLength = in.readUnsignedShort();
            if (idLength > MAX_ID) {
                throw new InvalidManifest("stream: a base id of " + idLength + " bytes, allowed are " + MAX_ID);
            }
            String base = new String(exactly(in, idLength), StandardCharsets.US_ASCII);
            int length = in.readInt();
            if (length < 0 || length > ManifestFormat.MAX_BYTES) {
                throw new InvalidManifest("stream: a manifest of " + length + " bytes, allowed are "
                        + ManifestFormat.MAX_BYTES);
            }
            return new Head(
                    base.isEmpty() ? Optional.empty() : Optional.of(base), ManifestFormat.decode(exactly(in, length)));
        } catch (InvalidManifest e) {
            throw e;
        } catch (IOException e) {
            throw new StreamFailed(e);
        }
    }

    /** Appends exactly that many bytes at the buffer's position. */
    static void readBlock(InputStream stream, int length, ByteBuffer into) throws StreamFailed {
        try {
            int read = stream.readNBytes(into.array(), into.arrayOffset() + into.position(), length);
            if (read < length) {
                throw new EOFException("the stream ends within a block");
            }
            into.position(into.position() + length);
        } catch (IOException e) {
            throw new StreamFailed(e);
        }
    }

    /** What carried the stream may have a checksum at its end: it is asked before anything becomes complete. */
    static void expectEnd(InputStream stream) throws IOException {
        int more;
        try {
            more = stream.read();
        } catch (IOException e) {
            throw new StreamFailed(e);
        }
        if (more >= 0) {
            throw new InvalidManifest("stream: bytes after its last block");
        }
    }

    private static byte[] exactly(DataInputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the stream ends after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }
}
