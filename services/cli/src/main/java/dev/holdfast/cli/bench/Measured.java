package dev.holdfast.cli.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.holdfast.cli.output.Fields;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of a file of measurements: a failover, or what a node costs while idle. Lists in it are of no interest here
 * and passed over.
 *
 * @param values text, numbers as Long or Double, truth values, null
 */
record Measured(Map<String, Object> values) {

    /** Names of the fields that a failover of the bench has beyond those of the demo. */
    static final String PULL = "pull";
    /** See {@link AckGap}. */
    static final String KAFKA_GAP_MS = "kafkaGapMs";
    /** The field by which the lines of {@link IdleCost} are known. */
    static final String IDLE_NODE = "idleNode";

    private static final JsonFactory FACTORY = new JsonFactory();

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is no JSON object
     */
    static Measured parse(String line) {
        Map<String, Object> values = new LinkedHashMap<>();
        try (JsonParser json = FACTORY.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                values.put(name, value(json));
            }
            return new Measured(values);
        } catch (IOException malformed) {
            throw new IllegalArgumentException(malformed.getMessage().lines().findFirst().orElse("no JSON"), malformed);
        }
    }

    private static Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_ARRAY, START_OBJECT -> {
                json.skipChildren();
                yield null;
            }
            default -> null;
        };
    }

    /** From fields that were just measured. */
    static Measured of(Fields fields) {
        return parse(dev.holdfast.cli.output.Json.line(fields));
    }

    boolean isIdle() {
        return values.containsKey(IDLE_NODE);
    }

    Scenario scenario() {
        return new Scenario(text("profile"), text(PULL), text("how"));
    }

    /** Whether it shows something: passed or failed. */
    boolean isValid() {
        return !"invalid".equals(text("verdict"));
    }

    String text(String name) {
        return values.get(name) == null ? null : String.valueOf(values.get(name));
    }

    /** Empty for what was not reached or not measured. */
    Optional<Double> number(String name) {
        return values.get(name) instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
    }
}
