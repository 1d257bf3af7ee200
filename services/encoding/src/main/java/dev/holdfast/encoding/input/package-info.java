/** From bytes on an input topic to what the decision maker understands. Live reading and replay share it. */
package dev.holdfast.encoding.input;
