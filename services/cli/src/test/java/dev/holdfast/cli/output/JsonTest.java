package dev.holdfast.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void durationsAreMillisecondsAndMomentsAreTextAndEnumsAreSmallLetters() {
        Fields fields = Fields.of("wait", Duration.ofSeconds(2))
                .and("at", Instant.ofEpochSecond(0))
                .and("format", OutputFormat.TSV)
                .and("none", null)
                .and("on", true)
                .and("epoch", 7L);

        assertThat(Json.line(fields)).isEqualTo(
                "{\"wait\":2000,\"at\":\"1970-01-01T00:00:00Z\",\"format\":\"tsv\",\"none\":null,\"on\":true,\"epoch\":7}");
    }

    @Test
    void listsAndObjectsNest() {
        Fields fields = Fields.of("list", Arrays.asList("a", null, List.of(1)))
                .and("fields", Fields.of("x", 1))
                .and("map", Map.of("y", 2L));

        assertThat(Json.line(fields)).isEqualTo("{\"list\":[\"a\",null,[1]],\"fields\":{\"x\":1},\"map\":{\"y\":2}}");
    }

    @Test
    void aLineStaysALineWhateverIsInIt() {
        assertThat(Json.line("a\nb\"c\u0000")).isEqualTo("\"a\\nb\\\"c\\u0000\"");
    }

    @Test
    void whatHasNoFormIsRefusedRatherThanPrintedSomehow() {
        assertThatThrownBy(() -> Json.line(new Object())).isInstanceOf(IllegalArgumentException.class);
    }
}
