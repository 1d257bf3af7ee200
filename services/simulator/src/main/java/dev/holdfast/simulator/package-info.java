/**
 * Simulated clusters: whole runs of several nodes in one thread and in virtual time, of which one {@code long} decides
 * everything.
 *
 * <h2>What is real and what is played</h2>
 *
 * Real is whatever decides about safety, as it is in {@code services/core}: the decision maker, the lease, the order in
 * which a beat is put together, the watchdog's states, the rule of a start and what a life owes a guest, which
 * incarnation may begin, the floors of replicas. Played is what surrounds it ({@code world}): log and network, the
 * decision maker's task with its transactions, clocks, power, processes, disks, volumes as the history of what was
 * written to them, replication. The thin services themselves are not simulated; the end-to-end tests run those.
 *
 * <h2>Who judges</h2>
 *
 * Each {@link dev.holdfast.simulator.invariant.Invariant} hears what physically happens and what is committed, keeps
 * its own books, and asks none of the code that it judges. They are told of everything at once, so that the first event
 * after which something does not hold ends the run.
 *
 * <h2>What goes wrong</h2>
 *
 * A run has a plan of {@link dev.holdfast.simulator.fault.Fault}s, of a few kinds only so that runs differ in kind. Each
 * planned fault has a seed of its own: leaving one out leaves the others as they are, which is how the fewest faults are
 * found that still lead to a violation. At the end everything is repaired but for a minority of the nodes, and every
 * guest has to answer within the time that any recovery may take, or to say what it waits for.
 *
 * <h2>Whether it sees</h2>
 *
 * A {@link dev.holdfast.simulator.mutation.Mutation} is a known mistake. The parts a simulated cluster is made of are
 * methods of {@link dev.holdfast.simulator.mutation.Parts}; a mutation replaces one or two of them. There is no switch in
 * the product. A simulator that does not see each of them would not see its like in the product either.
 *
 * <h2>Without chance</h2>
 *
 * A {@link dev.holdfast.simulator.scenario.ScriptedRun} is the same world with nothing left to chance: what happens to it
 * is said, and when.
 *
 * <h2>Time</h2>
 *
 * One event is whatever the scheduler lets happen: a timer, a message, a write, a death. Most of a run's time goes into
 * the decision maker, which decides everything twice, once in the run and once in the fold that judges it.
 */
package dev.holdfast.simulator;
