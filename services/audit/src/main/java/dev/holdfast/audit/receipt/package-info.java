/** The receipts of outages: what each was, what it cost, by which rule and evidence it ended, and how to prove it. */
package dev.holdfast.audit.receipt;
