package dev.holdfast.recovery.probe;

import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.InvalidGuestSpec;
import dev.holdfast.core.guest.Placeholders;
import dev.holdfast.core.guest.ProbeResult;
import dev.holdfast.core.guest.ProbeSpec;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Asks one guest once whether it answers. */
public final class Probe {

    private final Callable<?> question;
    private final Duration timeout;
    private final Deadline deadline;

    private Probe(String guest, Callable<?> question, Duration timeout) {
        this.question = question;
        this.timeout = timeout;
        this.deadline = new Deadline("probe-" + guest);
    }

    /**
     * The probe that the spec describes.
     *
     * @param values what its placeholders stand for where it runs; their address must not be {@code null}
     * @throws InvalidGuestSpec if a placeholder has no value
     */
    public static Probe of(GuestSpec spec, Placeholders values) {
        String address = values.expand("address", "${address}");
        Callable<?> question = switch (spec.probe()) {
            case ProbeSpec.Tcp _ -> new TcpQuestion(address, spec.port());
            case ProbeSpec.Http http -> new HttpQuestion(address, spec.port(),
                    values.expand("probe.path", http.path()), http.leastStatus(), http.mostStatus());
            case ProbeSpec.Sql sql -> new SqlQuestion(values.expand("probe.url", sql.url()), sql.user(),
                    sql.password(), sql.query());
        };
        return new Probe(spec.name(), question, spec.probe().timing().timeout());
    }

    /**
     * The guest's answer, or why there is none; takes little longer than the timeout at most, whatever the guest does.
     *
     * @throws InterruptedException if the caller was interrupted while it waited
     */
    public ProbeResult ask() throws InterruptedException {
        long begun = System.nanoTime();
        try {
            deadline.call(question, timeout);
            return new ProbeResult.Answering(Duration.ofNanos(System.nanoTime() - begun));
        } catch (TimeoutException late) {
            return new ProbeResult.Failing("no answer within %d ms".formatted(timeout.toMillis()));
        } catch (ExecutionException failed) {
            return new ProbeResult.Failing(oneLine(failed.getCause()));
        }
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String line = message.replaceAll("\\s+", " ");
        return line.length() <= 300 ? line : line.substring(0, 297) + "...";
    }
}
