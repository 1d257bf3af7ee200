package dev.holdfast.guard.protocol;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.clock.ClockReading;
import dev.holdfast.guard.clock.TimeLeft;
import dev.holdfast.guard.process.ProcessIdentity;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes fields off a frame in the order {@link WireOut} put them there. Reading past the end throws
 * {@link BufferUnderflowException}; a count can never make it allocate more than the frame could hold.
 */
final class WireIn {

    private final ByteBuffer bytes;

    WireIn(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int remaining() {
        return bytes.remaining();
    }

    boolean flag() {
        return bytes.get() != 0;
    }

    int tag() {
        return bytes.get() & 0xff;
    }

    int number() {
        return bytes.getInt();
    }

    long longNumber() {
        return bytes.getLong();
    }

    String text() {
        byte[] encoded = new byte[count()];
        bytes.get(encoded);
        return new String(encoded, StandardCharsets.UTF_8);
    }

    String textOrNull() {
        return flag() ? text() : null;
    }

    List<String> texts() {
        List<String> values = new ArrayList<>();
        for (int left = count(); left > 0; left--) {
            values.add(text());
        }
        return values;
    }

    Map<String, String> textMap() {
        Map<String, String> values = new HashMap<>();
        for (int left = count(); left > 0; left--) {
            String key = text();
            values.put(key, text());
        }
        return values;
    }

    Duration duration() {
        return Duration.ofNanos(longNumber());
    }

    TimeLeft timeLeft() {
        ClockReading readAt = new ClockReading(longNumber(), longNumber());
        return new TimeLeft(readAt, duration());
    }

    Incarnation incarnation() {
        return new Incarnation(longNumber(), longNumber());
    }

    Incarnation incarnationOrNull() {
        return flag() ? incarnation() : null;
    }

    ProcessIdentity process() {
        return new ProcessIdentity(number(), longNumber());
    }

    ProcessIdentity processOrNull() {
        return flag() ? process() : null;
    }

    List<ProcessIdentity> processes() {
        List<ProcessIdentity> values = new ArrayList<>();
        for (int left = count(); left > 0; left--) {
            values.add(process());
        }
        return values;
    }

    Exit exit() {
        return new Exit(number(), number());
    }

    <E extends Enum<E>> E constant(E[] values) {
        int ordinal = tag();
        if (ordinal >= values.length) {
            throw new IllegalArgumentException("unknown constant " + ordinal + " of " + values[0].getDeclaringClass());
        }
        return values[ordinal];
    }

    /** A number of elements, each of at least one byte. */
    int count() {
        int count = number();
        if (count < 0 || count > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        return count;
    }
}
