/** The past as lanes along time: how nodes stood, where guests ran, and what was decided when. */
package dev.holdfast.audit.timeline;
