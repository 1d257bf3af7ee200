package dev.holdfast.cli.bench;

/**
 * Runs that are compared with each other.
 *
 * @param profile timing profile of the cluster
 * @param pull owner, worst, or the name of a node
 * @param how kill or silence
 */
record Scenario(String profile, String pull, String how) {

    @Override
    public String toString() {
        return profile + ", " + pull + " by " + how;
    }
}
