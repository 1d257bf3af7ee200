package dev.holdfast.replication.transfer;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.replication.volume.Resumable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Frames as bytes. Reading trusts nothing. */
final class Wire {

    private static final int MAGIC = 0x48465231;
    private static final int MAX_FRAME = 256 * 1024;
    private static final int MAX_TEXT = 1024;

    private Wire() {}

    /** Bytes that are no frame of this protocol; the message says what was wrong. */
    static final class Garbage extends IOException {
        Garbage(String message) {
            super(message);
        }
    }

    private interface Fields {
        void write(DataOutputStream out) throws IOException;
    }

    static void write(DataOutputStream out, Hello hello) throws IOException {
        frame(out, fields -> {
            fields.writeByte('H');
            text(fields, hello.guest());
            fields.writeLong(hello.epoch());
            text(fields, hello.source());
            text(fields, hello.sourceIncarnation().toString());
            text(fields, hello.target());
            text(fields, hello.targetIncarnation().toString());
            text(fields, hello.snapshot());
            fields.writeShort(hello.bases().size());
            for (String base : hello.bases()) {
                text(fields, base);
            }
        });
    }

    static Hello readHello(DataInputStream in) throws IOException {
        DataInputStream fields = frame(in);
        try {
            if (fields.readByte() != 'H') {
                throw new Garbage("the first frame is no hello");
            }
            return new Hello(
                    text(fields),
                    fields.readLong(),
                    text(fields),
                    Incarnation.parse(text(fields)),
                    text(fields),
                    Incarnation.parse(text(fields)),
                    text(fields),
                    texts(fields));
        } catch (Garbage e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new Garbage("hello: " + e.getMessage());
        }
    }

    static void write(DataOutputStream out, Answer answer) throws IOException {
        frame(out, fields -> {
            switch (answer) {
                case Answer.Accept accept -> {
                    fields.writeByte('A');
                    text(fields, accept.base().orElse(""));
                    text(fields, accept.rest().map(Resumable::snapshot).orElse(""));
                    text(fields, accept.rest().map(Resumable::token).orElse(""));
                }
                case Answer.Refuse refuse -> {
                    fields.writeByte('R');
                    text(fields, refuse.refusal().reason().name());
                    text(fields, refuse.refusal().detail());
                }
                case Answer.Working working -> {
                    fields.writeByte('W');
                    fields.writeLong(working.bytes());
                }
                case Answer.Stored stored -> {
                    fields.writeByte('S');
                    text(fields, stored.snapshot());
                    fields.writeLong(stored.bytes());
                }
                case Answer.Failed failed -> {
                    fields.writeByte('F');
                    text(fields, failed.reason());
                    text(fields, failed.detail());
                }
            }
        });
    }

    static Answer readAnswer(DataInputStream in) throws IOException {
        DataInputStream fields = frame(in);
        try {
            int type = fields.readUnsignedByte();
            return switch (type) {
                case 'A' -> new Answer.Accept(
                        Optional.of(text(fields)).filter(base -> !base.isEmpty()),
                        Optional.of(new Resumable(text(fields), text(fields))).filter(rest -> !rest.token().isEmpty()));
                case 'R' -> new Answer.Refuse(new Refusal(Refusal.Reason.valueOf(text(fields)), text(fields)));
                case 'W' -> new Answer.Working(fields.readLong());
                case 'S' -> new Answer.Stored(text(fields), fields.readLong());
                case 'F' -> new Answer.Failed(text(fields), text(fields));
                default -> throw new Garbage("unknown type of answer " + type);
            };
        } catch (Garbage e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new Garbage("answer: " + e.getMessage());
        }
    }

    private static void frame(DataOutputStream out, Fields fields) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        fields.write(new DataOutputStream(payload));
        out.writeInt(MAGIC);
        out.writeInt(payload.size());
        out.write(payload.toByteArray());
        out.writeInt(checksum(payload.toByteArray()));
        out.flush();
    }

    private static DataInputStream frame(DataInputStream in) throws IOException {
        int magic = in.readInt();
        if (magic != MAGIC) {
            throw new Garbage("bytes %08x where a frame should begin".formatted(magic));
        }
        int length = in.readInt();
        if (length < 1 || length > MAX_FRAME) {
            throw new Garbage("a frame of " + length + " bytes, allowed are 1 to " + MAX_FRAME);
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        if (in.readInt() != checksum(payload)) {
            throw new Garbage("the checksum of a frame does not match");
        }
        return new DataInputStream(new ByteArrayInputStream(payload));
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, MAX_TEXT);
        out.writeShort(length);
        out.write(bytes, 0, length);
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readUnsignedShort();
        if (length > MAX_TEXT) {
            throw new Garbage("a text of " + length + " bytes, allowed are " + MAX_TEXT);
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        if (count > Hello.MAX_BASES) {
            throw new Garbage(count + " bases, allowed are " + Hello.MAX_BASES);
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text(in));
        }
        return texts;
    }
}
