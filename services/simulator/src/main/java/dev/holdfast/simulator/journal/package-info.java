/** The journal that a simulated cluster's decision maker would have written: a past to be looked at, of any length. */
package dev.holdfast.simulator.journal;
