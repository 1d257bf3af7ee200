/** The node process: one broker and the services of Holdfast, from one configuration file. */
package dev.holdfast.node;
