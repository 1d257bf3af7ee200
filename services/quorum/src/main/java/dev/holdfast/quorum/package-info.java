/**
 * The quorum service: runs the decision maker's topology on this node and gets it going again when it is stuck. The
 * clock here restarts machinery; it decides nothing about the cluster.
 */
package dev.holdfast.quorum;
