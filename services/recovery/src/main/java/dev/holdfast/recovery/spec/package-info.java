/** Reading what people write in YAML: every problem at once, each with its place, field, value and what to do. */
package dev.holdfast.recovery.spec;
