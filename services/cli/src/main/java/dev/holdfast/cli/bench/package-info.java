/**
 * Measures what docs/benchmarks.md says: failovers again and again on one cluster per timing profile, and what a node
 * costs while nothing happens. Every figure stands as a line of JSON in a file; the tables are made from the file.
 */
package dev.holdfast.cli.bench;
