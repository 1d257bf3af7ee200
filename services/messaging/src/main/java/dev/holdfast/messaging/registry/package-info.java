/**
 * Schemas as the outside asks for them: a read-only view in the Confluent paths that every node serves, and the client
 * of a real registry for clusters that have one. Neither is on the way of a failover.
 */
package dev.holdfast.messaging.registry;
