/** Asking a guest's real service whether it answers, from outside and within a deadline. */
package dev.holdfast.recovery.probe;
