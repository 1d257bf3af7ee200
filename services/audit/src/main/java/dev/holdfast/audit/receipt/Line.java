package dev.holdfast.audit.receipt;

import dev.holdfast.core.event.Decision;
import java.time.Duration;
import java.time.Instant;

/**
 * A decision as it stands in the journal.
 *
 * @param entry number of its entry
 * @param hash of that entry, in hexadecimal digits: it is chained to all before it
 * @param at wall clock of whoever wrote the record that led to it, for people
 * @param after log time since the outage began; null if it was taken before
 */
public record Line(long entry, String hash, Instant at, Duration after, Decision decision) {}
