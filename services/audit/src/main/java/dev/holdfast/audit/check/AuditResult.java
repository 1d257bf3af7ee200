package dev.holdfast.audit.check;

import java.util.List;

/**
 * What an audit found.
 *
 * @param entries entries read
 * @param from number of the first entry whose own hash could be checked; 0 if none could
 * @param to number of the last entry read
 * @param checkpoints whole checkpoints whose hash is right
 * @param signatures signatures that were confirmed
 * @param firstBad number of the first entry that is not right, or is missing; 0 if all is well
 * @param reason what is wrong with it; null if all is well
 * @param notes what could not be checked, and why
 */
public record AuditResult(
        long entries, long from, long to, long checkpoints, long signatures, long firstBad, String reason,
        List<String> notes) {

    public AuditResult {
        notes = List.copyOf(notes);
    }

    public boolean isOk() {
        return reason == null;
    }
}
