package dev.holdfast.guard.server;

import dev.holdfast.guard.process.ProcessIdentity;

/**
 * Who this guard is.
 *
 * @param node name of the node
 * @param machine id of the node's (virtual) machine
 * @param process this process
 * @param parentDeathSignal whether guests are bound to the guard by the kernel
 */
record GuardIdentity(String node, String machine, ProcessIdentity process, boolean parentDeathSignal) {}
