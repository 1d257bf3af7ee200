/** Why something was decided, or was not: from evidence through rule to decision, and what it led to. */
package dev.holdfast.audit.why;
