package dev.holdfast.simulator.run;

/** How much a build simulates; {@code -Dholdfast.long=true} takes much longer. */
final class Budget {

    private static final boolean LONG = Boolean.getBoolean("holdfast.long");

    private Budget() {}

    static long seeds(long inEveryBuild, long inALongOne) {
        return LONG ? inALongOne : inEveryBuild;
    }
}
