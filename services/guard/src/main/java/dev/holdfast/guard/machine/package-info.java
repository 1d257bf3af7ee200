/** What belongs to the machine rather than to a service: files that must survive a loss of power. */
package dev.holdfast.guard.machine;
