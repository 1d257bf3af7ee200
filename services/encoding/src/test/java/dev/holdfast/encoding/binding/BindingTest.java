package dev.holdfast.encoding.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class BindingTest {

    enum Colour { RED, GREEN }

    sealed interface Shape {
        record Circle(double radius) implements Shape {}

        record Nothing() implements Shape {}
    }

    record Seen(long offset, Duration seenAt) {
        Seen {
            if (offset < 0) {
                throw new IllegalArgumentException("offset must not be negative");
            }
        }
    }

    record Everything(
            boolean flag, int count, long offset, double rate, String name, byte[] raw, Duration lease, Duration sentAt,
            Instant at, UUID id, Colour colour, Seen seen, Shape shape, List<Seen> list, Set<String> set,
            Map<String, Long> running, Map<String, Duration> clocks, String maybe, Optional<Duration> grace) {}

    record Lease(Duration lease) {}

    record Where(Map<String, Seen> seen) {}

    private static final Schema SEEN = record("Seen", "\"offset\"", "\"long\"", "\"seenAtNs\"", "\"long\"");

    private static final Schema EVERYTHING = new Schema.Parser().parse("""
            {"type": "record", "name": "Everything", "fields": [
              {"name": "flag", "type": "boolean"}, {"name": "count", "type": "int"},
              {"name": "offset", "type": "long"}, {"name": "rate", "type": "double"},
              {"name": "name", "type": "string"}, {"name": "raw", "type": "bytes"},
              {"name": "leaseMs", "type": "long"}, {"name": "sentAtNs", "type": "long"},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "id", "type": {"type": "string", "logicalType": "uuid"}},
              {"name": "colour", "type": {"type": "enum", "name": "Colour", "symbols": ["RED", "GREEN"]}},
              {"name": "seen", "type": %s},
              {"name": "shape", "type": [
                {"type": "record", "name": "Circle", "fields": [{"name": "radius", "type": "double"}]},
                {"type": "record", "name": "ShapeNothing", "fields": []}]},
              {"name": "list", "type": {"type": "array", "items": "Seen"}},
              {"name": "set", "type": {"type": "array", "items": "string"}},
              {"name": "running", "type": {"type": "map", "values": "long"}},
              {"name": "clocksNs", "type": {"type": "map", "values": "long"}},
              {"name": "maybe", "type": ["null", "string"]},
              {"name": "graceMs", "type": ["null", "long"]}]}""".formatted(SEEN));

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123Z");

    private static Everything everything(Shape shape, String maybe, Optional<Duration> grace) {
        return new Everything(
                true, -7, Long.MAX_VALUE, 0.001, "Zoë", new byte[] {0, -1}, Duration.ofSeconds(7),
                Duration.ofNanos(123_456_789_123L), NOON, new UUID(1, 2), Colour.GREEN, seen(3), shape,
                List.of(seen(1), seen(2)), Set.of("b", "a", "c"), Map.of("db", 4L), Map.of("a", Duration.ofNanos(5)),
                maybe, grace);
    }

    private static Seen seen(long offset) {
        return new Seen(offset, Duration.ofNanos(offset * 1_000_003));
    }

    @Test
    void everyKindOfComponentComesBackAsItWas() throws IOException {
        Binding<Everything> binding = Binding.of(Everything.class, EVERYTHING);
        for (Everything one : List.of(
                everything(new Shape.Circle(1.5), "here", Optional.of(Duration.ofMillis(20))),
                everything(new Shape.Nothing(), null, Optional.empty()))) {
            Everything back = binding.fromAvro(throughBytes(binding.toAvro(one)));
            assertThat(back).usingRecursiveComparison().isEqualTo(one);
        }
    }

    @Test
    void equalRecordsGiveEqualBytesWhateverTheOrderOfTheirMapsAndSets() throws IOException {
        Map<String, Seen> forth = new LinkedHashMap<>();
        Map<String, Seen> back = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            forth.put("n" + i, seen(i));
            back.put("n" + (99 - i), seen(99 - i));
        }
        Schema schema = record("Where", "\"seen\"", "{\"type\": \"map\", \"values\": " + SEEN + "}");
        Binding<Where> binding = Binding.of(Where.class, schema);
        assertThat(bytes(binding.toAvro(new Where(forth)))).isEqualTo(bytes(binding.toAvro(new Where(back))));
    }

    @Test
    void aRefusedValueIsNamedByItsPath() {
        Schema schema = record("Where", "\"seen\"", "{\"type\": \"map\", \"values\": " + SEEN + "}");
        Binding<Where> binding = Binding.of(Where.class, schema);
        IndexedRecord avro = binding.toAvro(new Where(Map.of("b", seen(1))));
        ((IndexedRecord) ((Map<?, ?>) avro.get(0)).get("b")).put(0, -5L);
        assertThatThrownBy(() -> binding.fromAvro(avro))
                .isInstanceOfSatisfying(BindingException.class, e -> {
                    assertThat(e.field()).isEqualTo("seen[b]");
                    assertThat(e.excerpt()).contains("-5");
                    assertThat(e.reason()).contains("offset must not be negative");
                });
    }

    @Test
    void aMissingValueIsNamedByItsPath() {
        Schema schema = record("Where", "\"seen\"", "{\"type\": \"map\", \"values\": " + SEEN + "}");
        Binding<Where> binding = Binding.of(Where.class, schema);
        assertThatThrownBy(() -> binding.toAvro(new Where(Map.of("b", new Seen(1, null)))))
                .hasMessage("seen[b].seenAtNs is null: a value is required");
    }

    @Test
    void aDurationFinerThanItsFieldIsRefusedAndNotCutOff() {
        Binding<Lease> binding = Binding.of(Lease.class, record("Lease", "\"leaseMs\"", "\"long\""));
        assertThatThrownBy(() -> binding.toAvro(new Lease(Duration.ofNanos(1_500_000))))
                .hasMessage("leaseMs is PT0.0015S: must be a whole number of milliseconds");
    }

    @Test
    void aDurationThatDoesNotFitIsRefused() {
        Binding<Lease> binding = Binding.of(Lease.class, record("Lease", "\"leaseNs\"", "\"long\""));
        assertThatThrownBy(() -> binding.toAvro(new Lease(Duration.ofDays(200_000))))
                .hasMessageStartingWith("leaseNs is PT4800000H");
    }

    @Test
    void aDurationWithoutAUnitIsFoundBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> Binding.of(Lease.class, record("Lease", "\"lease\"", "\"long\"")))
                .hasMessageStartingWith("lease a duration's field must name its unit");
    }

    @Test
    void aComponentWithoutAFieldIsFoundBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> Binding.of(Lease.class, record("Lease")))
                .hasMessage("lease the schema Lease has no field for it");
    }

    @Test
    void aFieldWithoutAComponentIsFoundBeforeAnythingIsWritten() {
        Schema schema = record("Lease", "\"leaseMs\"", "\"long\"", "\"more\"", "\"string\"");
        assertThatThrownBy(() -> Binding.of(Lease.class, schema)).hasMessageEndingWith("no component for the field more");
    }

    @Test
    void aSealedInterfaceWhoseUnionLacksARecordIsFoundBeforeAnythingIsWritten() {
        Schema union = Schema.createUnion(record("Circle", "\"radius\"", "\"double\""));
        assertThatThrownBy(() -> Binding.of(Shape.class, union)).hasMessageContaining("lacks").hasMessageContaining("Nothing");
    }

    private static Schema record(String name, String... fields) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            text.append(i == 0 ? "" : ", ")
                    .append("{\"name\": ").append(fields[i]).append(", \"type\": ").append(fields[i + 1]).append('}');
        }
        return new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"" + name + "\", \"fields\": [" + text + "]}");
    }

    private static Object throughBytes(IndexedRecord avro) throws IOException {
        return new GenericDatumReader<IndexedRecord>(avro.getSchema())
                .read(null, DecoderFactory.get().binaryDecoder(bytes(avro), null));
    }

    private static byte[] bytes(IndexedRecord avro) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<IndexedRecord>(avro.getSchema()).write(avro, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
