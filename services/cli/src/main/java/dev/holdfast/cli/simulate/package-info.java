/** The verb that runs the simulator: clusters from seeds, and mistakes that they have to show. */
package dev.holdfast.cli.simulate;
