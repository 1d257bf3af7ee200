/**
 * The decision maker as a Kafka Streams topology. One input is numbered and decoded by {@code journal-order}, goes
 * through the four stages of the core, and what came of it is published: all within one call and one transaction.
 *
 * <pre>
 * read-TOPIC … → journal-order → liveness → quorum → fencing → placement → publish-TOPIC → write-TOPIC …
 *                     │ state
 * </pre>
 *
 * <p>No processor keeps state that its {@code init} cannot rebuild from the store, and none reads a clock.
 */
package dev.holdfast.quorum.topology;
