package dev.holdfast.schemas;

import org.apache.avro.Schema;

/**
 * A value schema as the outside sees it.
 *
 * @param subject {@code <topic>-value}
 * @param version 1, 2, … within the subject
 * @param id derived from the content, see {@link SchemaId}
 * @param released whether it is one of the frozen copies; false for a schema that is still being worked on
 */
public record PublishedSchema(String subject, int version, int id, Schema schema, boolean released) {}
