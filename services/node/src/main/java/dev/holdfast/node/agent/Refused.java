package dev.holdfast.node.agent;

/** The node must not begin an incarnation until a person has looked at it; the message says why. */
final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    Refused(String message) {
        super(message);
    }
}
