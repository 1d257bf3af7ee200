package dev.holdfast.cli.command;

import dev.holdfast.core.guest.DurationText;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations on the command line are written as in files: {@code 500ms}, {@code 5s}, {@code 10m}, {@code 24h}. */
public final class DurationOption implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        return DurationText.parse(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' " + DurationText.FORM));
    }
}
