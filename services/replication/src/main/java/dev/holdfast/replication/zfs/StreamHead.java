package dev.holdfast.replication.zfs;

import dev.holdfast.replication.volume.StreamFailed;
import dev.holdfast.replication.volume.VolumeName;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What comes before the stream of ZFS: it carries no properties of a snapshot, so this does.
 *
 * @param kind of what follows
 * @param base GUID of the snapshot the stream builds on; empty for a full copy
 * @param guid of the snapshot in the stream
 */
record StreamHead(Kind kind, String guest, Optional<String> base, String guid, Identity identity) {

    enum Kind {
        WHOLE,
        /** The rest of a stream that was cut. */
        REST
    }

    private static final long MAGIC = 0x48465a4653000001L;
    private static final Pattern GUID = Pattern.compile("[0-9]{1,20}");

    /** Bytes that are no head. */
    static final class Invalid extends IOException {
        Invalid(String message) {
            super("stream: " + message);
        }
    }

    void writeTo(OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(stream);
        out.writeLong(MAGIC);
        out.writeByte(kind.ordinal());
        out.writeUTF(guest);
        out.writeUTF(base.orElse(""));
        out.writeUTF(guid);
        out.writeUTF(identity.encode());
        out.flush();
    }

    /**
     * @throws StreamFailed if the stream ends or fails
     * @throws Invalid if it is no head
     */
    static StreamHead readFrom(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        try {
            if (in.readLong() != MAGIC) {
                throw new Invalid("it does not begin as an increment of ZFS does");
            }
            int kind = in.readUnsignedByte();
            String guest = in.readUTF();
            String base = in.readUTF();
            String guid = in.readUTF();
            String identity = in.readUTF();
            boolean valid = kind < Kind.values().length
                    && VolumeName.isValid(guest)
                    && (base.isEmpty() || GUID.matcher(base).matches())
                    && GUID.matcher(guid).matches();
            if (!valid) {
                throw new Invalid("its head is damaged");
            }
            return new StreamHead(
                    Kind.values()[kind], guest, Optional.of(base).filter(id -> !id.isEmpty()), guid,
                    Identity.decode(identity));
        } catch (Invalid e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new Invalid(e.getMessage());
        } catch (IOException e) {
            throw new StreamFailed(e);
        }
    }
}
