package dev.holdfast.node.links;

import java.time.Duration;

/**
 * State of one direction of one link.
 *
 * @param cut   whether bytes are dropped
 * @param delay how much later bytes arrive; zero normally
 */
public record LinkStatus(String from, String to, boolean cut, Duration delay) {
    String line() {
        return from + " " + to + " " + (cut ? "cut" : "open") + " " + delay.toMillis();
    }

    static LinkStatus parse(String line) {
        String[] words = line.split(" ");
        return new LinkStatus(words[0], words[1], words[2].equals("cut"), Duration.ofMillis(Long.parseLong(words[3])));
    }
}
