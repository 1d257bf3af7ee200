/**
 * The contract with the outside: topics, the schemas of their values, and the ids of those schemas. No Kafka, and
 * nothing of Holdfast's own types: the records in {@code services/core} are bound to these schemas in
 * {@code services/messaging}, where a test holds the two together.
 */
package dev.holdfast.schemas;
