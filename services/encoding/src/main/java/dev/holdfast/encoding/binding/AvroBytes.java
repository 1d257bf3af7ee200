package dev.holdfast.encoding.binding;

import java.nio.charset.StandardCharsets;

/**
 * Reads Avro's binary form from memory, where it stands. It is stricter than Avro's own decoder where that is lenient, and
 * gives up with a {@link RuntimeException} on whatever is out of the ordinary: what it can read, Avro reads the same.
 */
public final class AvroBytes {

    private static final int LONGEST_INT = 5;
    private static final int LONGEST_LONG = 10;

    private final byte[] bytes;
    private int next;

    /**
     * @param from where to begin
     */
    public AvroBytes(byte[] bytes, int from) {
        this.bytes = bytes;
        this.next = from;
    }

    /** How many bytes follow what was read so far. */
    public int left() {
        return bytes.length - next;
    }

    boolean readBoolean() {
        byte value = bytes[next++];
        if (value != 0 && value != 1) {
            throw new IllegalStateException("no boolean: " + value);
        }
        return value == 1;
    }

    int readInt() {
        long value = unsigned(LONGEST_INT);
        if (value >>> Integer.SIZE != 0) {
            throw new IllegalStateException("does not fit into 32 bits");
        }
        int folded = (int) value;
        return folded >>> 1 ^ -(folded & 1);
    }

    long readLong() {
        long value = unsigned(LONGEST_LONG);
        return value >>> 1 ^ -(value & 1);
    }

    private long unsigned(int longest) {
        byte first = bytes[next++];
        long value = first & 0x7f;
        int length = 1;
        for (byte last = first; last < 0; length++) {
            if (length == longest) {
                throw new IllegalStateException("a number does not end");
            }
            last = bytes[next++];
            if (length == LONGEST_LONG - 1 && last > 1) {
                throw new IllegalStateException("does not fit into 64 bits");
            }
            value |= (last & 0x7fL) << 7 * length;
        }
        return value;
    }

    double readDouble() {
        long bits = 0;
        for (int i = 0; i < Double.BYTES; i++) {
            bits |= (bytes[next++] & 0xffL) << 8 * i;
        }
        return Double.longBitsToDouble(bits);
    }

    public String readString() {
        int length = length();
        String text = new String(bytes, next, length, StandardCharsets.UTF_8);
        next += length;
        return text;
    }

    byte[] readBytes() {
        int length = length();
        byte[] copy = new byte[length];
        System.arraycopy(bytes, next, copy, 0, length);
        next += length;
        return copy;
    }

    private int length() {
        long length = readLong();
        if (length < 0 || length > left()) {
            throw new IllegalStateException("too short for what it says it holds");
        }
        return (int) length;
    }

    /**
     * How many elements the next block of an array or map has; 0 at the end of it.
     *
     * <p>Each element has a byte at least, or there could be any number of them in no bytes at all.
     */
    int readBlock() {
        long count = readLong();
        if (count < 0 || count > left()) {
            throw new IllegalStateException("too short for what it says it holds");
        }
        return (int) count;
    }

    /** Which branch of a union with so many follows. */
    int readIndex(int branches) {
        int index = readInt();
        if (index < 0 || index >= branches) {
            throw new IllegalStateException("no such branch: " + index);
        }
        return index;
    }
}
