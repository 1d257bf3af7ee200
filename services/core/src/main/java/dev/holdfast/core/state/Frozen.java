package dev.holdfast.core.state;

/** The log is in doubt since that record (rule R10). */
public record Frozen(String reason, LogTimer since) {}
