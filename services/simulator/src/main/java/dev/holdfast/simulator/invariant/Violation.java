package dev.holdfast.simulator.invariant;

/** An invariant did not hold. Ends the run. */
public final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String invariant;

    public Violation(String invariant, String what) {
        super(what, null, false, false);
        this.invariant = invariant;
    }

    public String invariant() {
        return invariant;
    }
}
