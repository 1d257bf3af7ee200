package dev.holdfast.core.agent;

import dev.holdfast.core.node.Incarnation;

/**
 * What an incarnation says about itself in its beats.
 *
 * @param topicId Kafka's id of the heartbeat topic, as checked when the log was read
 * @param guardKind what stands for the hardware timer; {@code none} without
 * @param settingsVersion of the settings it begins with
 */
public record Pulse(
        String node, String topicId, Incarnation incarnation, String bootId, String guardKind, long settingsVersion) {}
