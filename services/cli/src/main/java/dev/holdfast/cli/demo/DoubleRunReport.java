package dev.holdfast.cli.demo;

import java.util.List;

/**
 * What the guests' evidence says about two of them running at once.
 *
 * @param runs            guest processes seen
 * @param findings        each time two processes of one guest were alive together, one sentence each; empty is good
 * @param unreadableLines lines that are no evidence; more than none means that the evidence cannot be trusted
 */
public record DoubleRunReport(int runs, List<String> findings, int unreadableLines) {

    public DoubleRunReport {
        findings = List.copyOf(findings);
    }

    /** Whether the evidence is complete and shows no two guests at once. */
    public boolean clean() {
        return findings.isEmpty() && unreadableLines == 0;
    }
}
