/** Reads what the cluster's topics say, for people: the present state, the last beats, and the timeline of decisions. */
package dev.holdfast.cli.read;
