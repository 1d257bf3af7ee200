/**
 * Scripted runs of a simulated cluster: what is done at which time is written down, and what happens is told.
 */
package dev.holdfast.simulator.scenario;
