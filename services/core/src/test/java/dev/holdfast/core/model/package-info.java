/**
 * An explicit-state checker and, in packages below, models of the protocol for it: what no test by example and no random
 * simulation can do, every order of events within the bounds. docs/protocol.md says what each model covers.
 */
package dev.holdfast.core.model;
