/** How the processes of a node are started, named and watched. */
package dev.holdfast.node.process;
