/** A slice of the journal as one file, for support and for keeping: an Avro container of its values as they stand. */
package dev.holdfast.audit.file;
