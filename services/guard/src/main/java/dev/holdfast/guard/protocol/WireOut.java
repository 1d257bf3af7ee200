package dev.holdfast.guard.protocol;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.clock.TimeLeft;
import dev.holdfast.guard.process.ProcessIdentity;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** Appends fields to a frame. Big-endian numbers, texts in UTF-8 after their length, a flag before what may be null. */
final class WireOut {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    WireOut flag(boolean value) {
        bytes.write(value ? 1 : 0);
        return this;
    }

    WireOut tag(int value) {
        bytes.write(value);
        return this;
    }

    WireOut number(int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes.write(value >>> shift);
        }
        return this;
    }

    WireOut number(long value) {
        return number((int) (value >>> 32)).number((int) value);
    }

    WireOut text(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        number(encoded.length);
        bytes.write(encoded, 0, encoded.length);
        return this;
    }

    WireOut textOrNull(String value) {
        return value == null ? flag(false) : flag(true).text(value);
    }

    WireOut texts(Collection<String> values) {
        number(values.size());
        for (String value : values) {
            text(value);
        }
        return this;
    }

    WireOut texts(Map<String, String> values) {
        number(values.size());
        for (Map.Entry<String, String> entry : values.entrySet()) {
            text(entry.getKey()).text(entry.getValue());
        }
        return this;
    }

    WireOut duration(Duration value) {
        return number(value.toNanos());
    }

    WireOut timeLeft(TimeLeft value) {
        return number(value.readAt().bootNanos())
                .number(value.readAt().rawNanos())
                .duration(value.remaining());
    }

    WireOut incarnation(Incarnation value) {
        return number(value.boot()).number(value.k());
    }

    WireOut incarnationOrNull(Incarnation value) {
        return value == null ? flag(false) : flag(true).incarnation(value);
    }

    WireOut process(ProcessIdentity value) {
        return number(value.pid()).number(value.startTicks());
    }

    WireOut processOrNull(ProcessIdentity value) {
        return value == null ? flag(false) : flag(true).process(value);
    }

    WireOut processes(Collection<ProcessIdentity> values) {
        number(values.size());
        for (ProcessIdentity value : values) {
            process(value);
        }
        return this;
    }

    WireOut exit(Exit value) {
        return number(value.code()).number(value.signal());
    }
}
