package dev.holdfast.simulator.world;

/**
 * What a volume holds, as the history of what was written to it: each write makes a child. Two volumes have diverged
 * if neither history contains the other's newest write.
 */
final class Content {

    static final Content EMPTY = new Content(null, 0);

    private final Content parent;
    private final int writes;

    private Content(Content parent, int writes) {
        this.parent = parent;
        this.writes = writes;
    }

    /** One more write on top. */
    Content written() {
        return new Content(this, writes + 1);
    }

    /** Whether everything the other one holds is here. */
    boolean holds(Content other) {
        Content here = this;
        while (here.writes > other.writes) {
            here = here.parent;
        }
        return here == other;
    }

    @Override
    public String toString() {
        return writes + " writes";
    }
}
