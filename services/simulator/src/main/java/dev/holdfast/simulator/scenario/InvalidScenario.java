package dev.holdfast.simulator.scenario;

import java.util.List;

/** A scenario's text is not one. Each mistake names file, line, field and value, and what it must be. */
public final class InvalidScenario extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidScenario(List<String> mistakes) {
        super(String.join(System.lineSeparator(), mistakes));
    }
}
