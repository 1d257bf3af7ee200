/**
 * The journal as a fold: reading its entries, putting its checkpoints together, and deciding its inputs again. Everything
 * that looks at the past goes through here; nothing in this module can reach a producer, for it has no Kafka client.
 */
package dev.holdfast.audit.fold;
