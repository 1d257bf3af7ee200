/**
 * Checks that a journal is what was written, and that it tells of no guest with two holders. Unlike a replay it does not
 * decide anything again: it would find a forged journal that an altered build wrote and folds alike.
 */
package dev.holdfast.audit.check;
