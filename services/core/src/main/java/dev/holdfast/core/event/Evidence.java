package dev.holdfast.core.event;

import dev.holdfast.core.node.Incarnation;
import java.time.Duration;

/**
 * What one witness proved: between its beats at two offsets it certainly lived through {@code proven}.
 *
 * @param baseOffset offset of its beat that began the proof
 * @param offset offset of its beat that completed it
 * @param proven time proven, already reduced by the greatest clock error
 */
public record Evidence(String witness, Incarnation incarnation, long baseOffset, long offset, Duration proven) {}
