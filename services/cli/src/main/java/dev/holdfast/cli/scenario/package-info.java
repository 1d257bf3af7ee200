/** Verbs about scenarios: stories about a cluster in text files, told again by the simulator and compared. */
package dev.holdfast.cli.scenario;
