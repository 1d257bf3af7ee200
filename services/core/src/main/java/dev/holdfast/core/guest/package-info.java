/**
 * What a guest is, as its owner wrote it down, and the pure decisions about one guest: does it answer, and what
 * follows a crash. No clock, no I/O: time comes in as an argument.
 */
package dev.holdfast.core.guest;
