package dev.holdfast.replication.volume;

import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.replication.volume.Entry.Directory;
import dev.holdfast.replication.volume.Entry.RegularFile;
import dev.holdfast.replication.volume.Entry.SymbolicLink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A manifest as bytes: magic, identity, entries, SHA-256 of all before it. Reading trusts nothing: it comes from
 * another node as well as from the disk.
 */
final class ManifestFormat {

    static final int MAX_BYTES = 256 * 1024 * 1024;
    static final int MAX_ENTRIES = 1_000_000;
    private static final int MAX_TEXT = 4096;
    private static final long MAGIC = 0x48464d414e490001L;

    private ManifestFormat() {}

    static byte[] encode(Manifest manifest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            Snapshot snapshot = manifest.snapshot();
            out.writeLong(MAGIC);
            text(out, manifest.guest());
            text(out, snapshot.id());
            out.writeLong(snapshot.epoch());
            out.writeLong(snapshot.sequence());
            out.writeLong(snapshot.takenAt().toNanos());
            text(out, snapshot.owner());
            out.writeLong(snapshot.ownerIncarnation().boot());
            out.writeLong(snapshot.ownerIncarnation().k());
            out.write(encodeEntries(manifest.entries()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bytes.writeBytes(Blocks.sha256().digest(bytes.toByteArray()));
        return bytes.toByteArray();
    }

    static byte[] encodeEntries(List<Entry> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(entries.size());
            for (Entry entry : entries) {
                encode(out, entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void encode(DataOutputStream out, Entry entry) throws IOException {
        switch (entry) {
            case Directory directory -> {
                out.writeByte('d');
                text(out, directory.path());
                out.writeShort(directory.mode());
                out.writeLong(directory.mtime());
            }
            case RegularFile file -> {
                out.writeByte('f');
                text(out, file.path());
                out.writeShort(file.mode());
                out.writeLong(file.mtime());
                out.writeLong(file.size());
                out.write(file.hashes().bytes());
            }
            case SymbolicLink link -> {
                out.writeByte('l');
                text(out, link.path());
                text(out, link.target());
            }
        }
    }

    /**
     * @throws InvalidManifest if the checksum, the form, a path or the derived id is wrong
     */
    static Manifest decode(byte[] bytes) throws InvalidManifest {
        int body = bytes.length - Blocks.HASH;
        if (body < 0 || !Arrays.equals(bytes, body, bytes.length, digest(bytes, body), 0, Blocks.HASH)) {
            throw new InvalidManifest("manifest of " + bytes.length + " bytes: its checksum does not match");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, body))) {
            return checked(decode(in));
        } catch (InvalidManifest e) {
            throw e;
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw new InvalidManifest("manifest: " + e.getMessage());
        }
    }

    private static Manifest checked(Manifest manifest) throws InvalidManifest {
        Snapshot snapshot = manifest.snapshot();
        EntryRules.check(manifest.entries());
        String derived =
                SnapshotName.derive(manifest.guest(), snapshot.epoch(), snapshot.sequence(), manifest.entries());
        if (!derived.equals(snapshot.id())) {
            throw new InvalidManifest("snapshot id " + snapshot.id() + ": its content gives " + derived);
        }
        return manifest;
    }

    private static byte[] digest(byte[] bytes, int length) {
        var digest = Blocks.sha256();
        digest.update(bytes, 0, length);
        return digest.digest();
    }

    private static Manifest decode(DataInputStream in) throws IOException {
        if (in.readLong() != MAGIC) {
            throw new InvalidManifest("manifest: unknown version");
        }
        String guest = text(in);
        String id = text(in);
        long epoch = in.readLong();
        long sequence = in.readLong();
        Duration takenAt = Duration.ofNanos(in.readLong());
        String owner = text(in);
        Incarnation incarnation = new Incarnation(in.readLong(), in.readLong());
        List<Entry> entries = entries(in);
        if (in.available() > 0) {
            throw new InvalidManifest("manifest: " + in.available() + " bytes after its last entry");
        }
        return new Manifest(guest, new Snapshot(id, epoch, sequence, takenAt, owner, incarnation), entries);
    }

    private static List<Entry> entries(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 1 || count > MAX_ENTRIES) {
            throw new InvalidManifest("manifest: " + count + " entries, allowed are 1 to " + MAX_ENTRIES);
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(entry(in));
        }
        return entries;
    }

    private static Entry entry(DataInputStream in) throws IOException {
        int type = in.readUnsignedByte();
        return switch (type) {
            case 'd' -> new Directory(text(in), mode(in), in.readLong());
            case 'f' -> file(in);
            case 'l' -> new SymbolicLink(text(in), text(in));
            default -> throw new InvalidManifest("manifest: unknown type of entry " + type);
        };
    }

    private static RegularFile file(DataInputStream in) throws IOException {
        String path = text(in);
        int mode = mode(in);
        long mtime = in.readLong();
        long size = in.readLong();
        // The hashes must be there: a size cannot make us allocate more than was sent.
        if (size < 0 || Math.ceilDiv(size, Blocks.BLOCK) > in.available() / Blocks.HASH) {
            throw new InvalidManifest("manifest: '" + path + "' says " + size + " bytes without hashes for them");
        }
        return new RegularFile(path, mode, mtime, size, new BlockHashes(in.readNBytes(Blocks.count(size) * Blocks.HASH)));
    }

    private static int mode(DataInputStream in) throws IOException {
        int mode = in.readUnsignedShort();
        if (mode > 0777) {
            throw new InvalidManifest("manifest: mode " + Integer.toOctalString(mode) + ", allowed is up to 777");
        }
        return mode;
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readUnsignedShort();
        if (length > MAX_TEXT) {
            throw new InvalidManifest("manifest: a text of " + length + " bytes, allowed are " + MAX_TEXT);
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new InvalidManifest("manifest: ends within a text");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
