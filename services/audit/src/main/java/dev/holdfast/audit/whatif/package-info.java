/**
 * The past under other settings: which fencings would have been added or avoided, and which leases lost. The inputs stay
 * as they were recorded; what nodes would have done differently after the first difference nobody knows.
 */
package dev.holdfast.audit.whatif;
