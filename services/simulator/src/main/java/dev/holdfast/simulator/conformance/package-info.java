/**
 * What an operator may expect of an HA manager, told as scenarios of another one, played on a scripted run and judged by
 * what is physically true at the end and what the log says: where each guest runs, what is wanted of it, which nodes
 * counted as dead. How and how fast it comes to that is the manager's own affair, within the scenario's own times.
 */
package dev.holdfast.simulator.conformance;
