package dev.holdfast.audit.why;

import dev.holdfast.core.event.Decision;
import java.time.Duration;
import java.time.Instant;

/**
 * A decision as the journal tells it.
 *
 * @param entry number of its entry in the journal
 * @param at wall clock of whoever wrote the record that was decided on, for people
 * @param profile of the settings then in force; null before there were any
 * @param needed for a fencing, T of rule R6: how long the silence had to be proven; null for anything else
 * @param input what the record that completed it said, in one line
 */
public record Told(long entry, Instant at, Decision decision, String profile, Duration needed, String input) {}
