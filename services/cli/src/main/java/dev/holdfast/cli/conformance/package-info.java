/** The verb {@code conformance}: scenarios of another HA manager, read from a folder and played on the simulator. */
package dev.holdfast.cli.conformance;
