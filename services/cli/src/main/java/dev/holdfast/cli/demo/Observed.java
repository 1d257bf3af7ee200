package dev.holdfast.cli.demo;

import dev.holdfast.audit.replay.ReplayResult;
import dev.holdfast.cli.output.Span;
import dev.holdfast.cli.read.Occurrence.Decided;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a pull led to as it is seen from outside, in milliseconds from the kill. The receipt of the journal knows no kill:
 * it begins with the last sign of life.
 *
 * @param gap what the client saw of it; empty if nothing
 */
record Observed(
        Moment pulledAt, String victim, boolean guestHit, Phases phases, Optional<Gap> gap, Duration limit) {

    Long suspectedMs() {
        return millis(phases.suspected());
    }

    Long fencedMs() {
        return millis(phases.fenced());
    }

    /** Null for a bystander: its end promotes nothing. */
    Long promotedMs() {
        return guestHit ? millis(phases.promoted()) : null;
    }

    Long startedMs() {
        return guestHit ? millis(phases.started()) : null;
    }

    Long answeredMs() {
        return guestHit ? gap.filter(Gap::ended).map(ended -> pulledAt.millisTo(ended.to())).orElse(null) : null;
    }

    Long outageMs() {
        return gap.map(seen -> seen.length().toMillis()).orElse(null);
    }

    private Long millis(Optional<Decided> decided) {
        return decided.map(found -> pulledAt.millisTo(found.at())).orElse(null);
    }

    void print(Narrator narrator, RunResult result, ReplayResult replay, DoubleRunReport evidence) {
        narrator.say("");
        narrator.say("Seen from outside in run " + result.run() + ": " + victim + " pulled by "
                + result.how().name().toLowerCase(Locale.ROOT) + ", profile " + result.profile());
        line(narrator, "suspected", suspectedMs(), "");
        line(narrator, "fenced", fencedMs(), "");
        if (guestHit) {
            line(narrator, "promoted", promotedMs(), "");
            line(narrator, "started", startedMs(), "");
            line(narrator, "answering", answeredMs(), "limit " + Span.of(limit));
        }
        narrator.say("  outage seen by the client    " + (result.outageMs() == null ? "none"
                : Span.of(Duration.ofMillis(result.outageMs()))));
        if (guestHit) {
            narrator.say("  data-loss window             " + (result.dataLossWindowMs() == null ? "unknown"
                    : Span.of(Duration.ofMillis(result.dataLossWindowMs())) + ": a snapshot every "
                            + Span.of(result.interval()) + ", which paused the guest for " + result.snapshotPauseMs() + " ms"));
        }
        narrator.say("  rows acknowledged, lost      " + result.rowsAcknowledged() + ", " + result.rowsLost()
                + (guestHit && result.rowsLost() != null && result.rowsLost() > 0 && result.verdict() == Verdict.PASS
                        ? ", all of them within the window" : ""));
        narrator.say("  guests running twice         " + result.doubleRuns() + " by the evidence of "
                + evidence.runs() + " guest processes");
        narrator.say("  fenced without cause         " + result.falseFencings());
        narrator.say("  replay of the journal        " + replay.mismatches() + " mismatches in " + replay.decisions()
                + " decisions");
        narrator.say("  verdict                      " + result.verdict().name()
                + (result.reason() == null ? "" : ": " + result.reason()));
    }

    private static void line(Narrator narrator, String what, Long millis, String detail) {
        narrator.say("  %-10s %10s   %s".formatted(
                what, millis == null ? "never" : "%.3f s".formatted(millis / 1000.0), detail).stripTrailing());
    }
}
