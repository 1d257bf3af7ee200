package dev.holdfast.core.state;

import dev.holdfast.core.node.Incarnation;
import java.time.Duration;

/**
 * Where the testimony of one witness about a silent incarnation begins (rule R6).
 *
 * @param witness incarnation of the witness; a new one starts from nothing
 * @param since its clock when it certainly knew of the subject's last beat
 * @param offset offset of the beat of the witness that established {@code since}
 * @param rounds its beats that quote an acknowledgement later than the subject's last beat: a moving log
 */
public record Base(Incarnation witness, Duration since, long offset, int rounds) {

    /** Time proven by a beat sent at {@code latest}, in any clock whose rate, like the witness's, errs by at most rho. */
    public Duration proven(Duration latest, double rho) {
        double nanos = latest.minus(since).toNanos() * (1 - rho) / (1 + rho);
        return Duration.ofNanos((long) nanos);
    }
}
