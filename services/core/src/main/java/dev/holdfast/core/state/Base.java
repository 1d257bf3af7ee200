package dev.holdfast.core.state;

import dev.holdfast.core.node.Incarnation;
import java.time.Duration;

/**
 * Where the testimony of one witness about a silent incarnation begins (rule R6).
 *
 * @param witness incarnation of the witness; a new one starts from nothing
 * @param since its clock when it certainly knew of the subject's last beat
 * @param offset offset of the beat of the witness that established {@code since}
 * @param rounds its beats that each quote a later acknowledgement than any before, and than the subject's last
 *     beat: a moving log, as beats written into a stall all quote the same one
 * @param acked the acknowledgement quoted by the newest of these; -1 if there was none
 */
public record Base(Incarnation witness, Duration since, long offset, int rounds, long acked) {

    /** After one more beat of the witness, which quotes that acknowledgement. */
    Base withRound(long quoted) {
        return quoted > acked ? new Base(witness, since, offset, rounds + 1, quoted) : this;
    }

    /** Time proven by a beat sent at {@code latest}, in any clock whose rate, like the witness's, errs by at most rho. */
    public Duration proven(Duration latest, double rho) {
        double nanos = latest.minus(since).toNanos() * (1 - rho) / (1 + rho);
        return Duration.ofNanos((long) nanos);
    }
}
