/** Rehearses failovers on a live cluster, within what the owners of its guests allow, and files the receipts. */
package dev.holdfast.cli.drill;
