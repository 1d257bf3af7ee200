/** Looks a cluster over and says what is not as it should be. Nothing here changes anything. */
package dev.holdfast.cli.doctor;
