/** Verbs that look at the journal: of a cluster, or of a file with a slice of it. */
package dev.holdfast.cli.audit;
