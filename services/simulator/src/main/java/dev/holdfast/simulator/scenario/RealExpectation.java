package dev.holdfast.simulator.scenario;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must come on real processes, where times and some choices are the machine's: {@code a is fenced, not before
 * 10 s} or {@code db is recovered on b or c}.
 *
 * @param text the beginning of the line that tells it; {@code x or y} stands for either
 * @param notBefore the least time since the command that safety demands; zero for none
 */
public record RealExpectation(String text, Duration notBefore) {

    private static final Pattern BOUND = Pattern.compile("(.*\\S),\\s*not before (.+)");
    private static final Pattern EITHER = Pattern.compile("(\\S+) or (\\S+)");

    /** @throws IllegalArgumentException saying how it is written */
    static RealExpectation parse(String written) {
        Matcher bound = BOUND.matcher(written);
        return bound.matches()
                ? new RealExpectation(bound.group(1), Times.parse("not before", bound.group(2)))
                : new RealExpectation(written, Duration.ZERO);
    }

    /** Whether that line, as {@link Telling} tells it, is it. */
    public boolean isTold(String line) {
        Matcher either = EITHER.matcher(text);
        StringBuilder pattern = new StringBuilder();
        int from = 0;
        while (either.find()) {
            pattern.append(Pattern.quote(text.substring(from, either.start())))
                    .append("(?:").append(Pattern.quote(either.group(1)))
                    .append('|').append(Pattern.quote(either.group(2))).append(')');
            from = either.end();
        }
        pattern.append(Pattern.quote(text.substring(from))).append("(?!\\w).*");
        return Pattern.matches(pattern.toString(), line);
    }

    @Override
    public String toString() {
        return text + (notBefore.isZero() ? "" : ", not before " + Times.of(notBefore));
    }
}
