/**
 * What the demo and the end-to-end tests put on a cluster, and how they judge it from outside: a database as guest,
 * a client that loads it and measures, and evidence written by the guests themselves. Nothing here takes part in a
 * decision, and the evidence shares no code with the processes it is evidence about.
 */
package dev.holdfast.cli.demo;
