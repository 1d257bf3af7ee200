/** What a cluster and its nodes are on disk and on the loopback network, and how they come into being. */
package dev.holdfast.node.cluster;
