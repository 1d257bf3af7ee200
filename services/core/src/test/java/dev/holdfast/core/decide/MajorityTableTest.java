package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All quorum arithmetic against the table in {@code majority.txt}, which is meant to be checked by eye. */
class MajorityTableTest {

    @ParameterizedTest
    @MethodSource("table")
    void theTableHolds(String line) {
        String[] sides = line.split("->");
        String[] question = sides[0].trim().split("\\s+");

        assertThat(answer(question)).as(line).isEqualTo(sides[1].trim());
    }

    static Stream<String> table() throws IOException {
        try (InputStream in = MajorityTableTest.class.getResourceAsStream("majority.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().map(String::trim).filter(line -> !line.isEmpty() && !line.startsWith("#")).toList()
                    .stream();
        }
    }

    private static String answer(String[] question) {
        return switch (question[0]) {
            case "majority" -> Integer.toString(Majority.of(number(question[1])));
            case "reached" -> yesOrNo(Majority.reached(number(question[1]), number(question[2])));
            case "time" -> yesOrNo(Majority.timeCanProve(number(question[1])));
            case "proven" -> Long.toString(Majority.provenByWitnesses(milliseconds(question[1])).toMillis());
            default -> throw new IllegalArgumentException("no question '" + question[0] + "'");
        };
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private static String yesOrNo(boolean answer) {
        return answer ? "yes" : "no";
    }

    private static List<Duration> milliseconds(String text) {
        return text.equals("-")
                ? List.of()
                : Arrays.stream(text.split(",")).map(Long::parseLong).map(Duration::ofMillis).toList();
    }
}
