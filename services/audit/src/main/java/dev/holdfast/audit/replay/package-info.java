/**
 * Folds the journal again and compares decision by decision. It takes bytes and gives a result: nothing in this
 * package can reach a producer.
 */
package dev.holdfast.audit.replay;
