package dev.holdfast.cli.demo;

import dev.holdfast.cli.output.Fields;
import dev.holdfast.core.guest.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One run: what {@code -o json} prints as one line. Times are whole milliseconds from the kill; null for what was not
 * reached.
 *
 * @param run 1, 2, …
 * @param pulled the node; null if none was pulled
 * @param roles what it held alone right before the kill
 * @param profile timing profile of the cluster
 * @param storage driver of the guest's volume
 * @param interval from snapshot to snapshot
 * @param limitMs by when the guest must answer
 * @param evidenceFromMs from when on the proof of the silence counts: the later of the two witnesses' bases. Negative:
 *     the last beat had been read before the kill. Positive: it was still unread, by so much the log stood still
 * @param outageMs from the last answer to the first one after the kill, seen by the client; null if it never noticed
 * @param dataLossWindowMs from the promoted snapshot to the kill, by the owner's own clock
 * @param snapshotPauseMs how long the guest stood still for that snapshot
 * @param rowsLost of those acknowledged before the guest answered again
 * @param doubleRuns by the guests' own evidence
 * @param falseFencings incarnations fenced that were neither killed, frozen nor cut
 * @param reason why it is no pass; null for a pass
 * @param back what became of the data of the node pulled; empty if it was not switched on again
 */
public record RunResult(
        int run, String pulled, How how, List<Role> roles, String profile, String storage, Duration interval,
        long limitMs, Long suspectedMs, Long fencedMs, Long promotedMs, Long startedMs, Long answeredMs,
        Long evidenceFromMs, Long outageMs, Long dataLossWindowMs, Long snapshotPauseMs, Integer rowsAcknowledged,
        Integer rowsLost, Integer doubleRuns, Integer falseFencings, Verdict verdict, String reason,
        Optional<Return> back) {

    public RunResult {
        roles = List.copyOf(roles);
    }

    /** A run that was not brought to the point of pulling anything. */
    static RunResult invalid(int run, String victim, DemoSettings settings, Duration limit, List<Role> roles, String reason) {
        return new RunResult(
                run, victim, settings.how(), roles, settings.profile(), settings.storageName(), settings.interval(),
                limit.toMillis(), null, null, null, null, null, null, null, null, null, null, null, null, null,
                Verdict.INVALID, reason, Optional.empty());
    }

    /** The same once the node is back. What it had to keep and does not is a failure. */
    RunResult with(Return returned) {
        boolean kept = rowsLost == null || returned.lostRowsKept() == rowsLost;
        String fault = pulled + " kept " + returned.lostRowsKept() + " of the " + rowsLost + " rows lost";
        return new RunResult(
                run, pulled, how, roles, profile, storage, interval, limitMs, suspectedMs, fencedMs, promotedMs, startedMs,
                answeredMs, evidenceFromMs, outageMs, dataLossWindowMs, snapshotPauseMs, rowsAcknowledged, rowsLost,
                doubleRuns, falseFencings, kept ? verdict : Verdict.FAIL,
                kept ? reason : reason == null ? fault : reason + "; " + fault, Optional.of(returned));
    }

    /** The line. */
    public Fields fields() {
        Fields fields = Fields.of("run", run)
                .and("pulled", pulled)
                .and("how", how)
                .and("roles", roles)
                .and("profile", profile)
                .and("storage", storage)
                .and("interval", DurationText.of(interval).replace(" ", ""))
                .and("limitMs", limitMs)
                .and("suspectedMs", suspectedMs)
                .and("fencedMs", fencedMs)
                .and("promotedMs", promotedMs)
                .and("startedMs", startedMs)
                .and("answeredMs", answeredMs)
                .and("evidenceFromMs", evidenceFromMs)
                .and("outageMs", outageMs)
                .and("dataLossWindowMs", dataLossWindowMs)
                .and("snapshotPauseMs", snapshotPauseMs)
                .and("rowsAcknowledged", rowsAcknowledged)
                .and("rowsLost", rowsLost)
                .and("doubleRuns", doubleRuns)
                .and("falseFencings", falseFencings)
                .and("verdict", verdict)
                .and("reason", reason);
        return back.map(returned -> returned.addTo(fields)).orElse(fields);
    }
}
