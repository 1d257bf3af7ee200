/**
 * The machine's guard and its supervisor: two small processes that make sure that no guest outlives its node's
 * lease, whatever happens to the services (rule R5). Services talk to the guard through
 * {@link dev.holdfast.guard.client.GuardClient}.
 */
package dev.holdfast.guard;
