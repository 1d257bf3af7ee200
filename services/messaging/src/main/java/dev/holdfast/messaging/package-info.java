/**
 * The one place that knows how Holdfast uses Kafka: what a record looks like, how topics are made, and how clients are
 * set up.
 *
 * <p>A record has a readable UTF-8 key, a value in the Confluent wire format (0x00, schema id, Avro) and CloudEvents
 * headers. Reading never throws for what stands in a record: foreign bytes are a {@link Received.Undecodable}.
 */
package dev.holdfast.messaging;

import dev.holdfast.encoding.Received;
import dev.holdfast.encoding.input.Reading;

