package dev.holdfast.cli.demo;

import java.time.Duration;

/**
 * A time without any answer.
 *
 * @param from  {@link System#nanoTime} of the last answer before it
 * @param to    {@link System#nanoTime} of the first answer after it, or of the look at it while it lasts
 * @param ended whether there was an answer after it
 */
public record Gap(long from, long to, boolean ended) {

    public Duration length() {
        return Duration.ofNanos(to - from);
    }
}
