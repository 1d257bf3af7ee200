package dev.holdfast.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Ids of schemas for clusters without a registry: derived from the schema's content, so that every service of every
 * node knows them without asking anyone.
 *
 * <p>An id is made of the first bits of the SHA-256 of the schema's Parsing Canonical Form. Docs and defaults are no
 * part of that form, so that better words do not change an id. Bit 30 is always set: an id is positive and at least
 * {@value #SMALLEST}, so it can never be mistaken for one that a registry has counted up from 1. That two different
 * schemas share an id is checked for in the build, over all released schemas.
 */
public final class SchemaId {

    /** No id derived from content is smaller. */
    public static final int SMALLEST = 1 << 30;

    private SchemaId() {}

    public static int of(Schema schema) {
        byte[] form = SchemaNormalization.toParsingForm(schema).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(form);
            return ByteBuffer.wrap(digest).getInt() & (SMALLEST - 1) | SMALLEST;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
