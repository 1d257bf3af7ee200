package dev.holdfast.core.model.silence;

/**
 * One moment of the model.
 *
 * @param now full ticks since it began
 * @param fast a's clock and b's clock, as an index into the setting's rates
 * @param a the node whose silence is to be proven
 * @param b the witnesses; null once nothing depends on them
 * @param reader what the decision maker knows after all that stands on the log
 */
record World(int now, int rates, Subject a, Witness b, Reader reader) {

    World with(Subject next) {
        return new World(now, rates, next, b, reader);
    }

    World with(Witness next) {
        return new World(now, rates, a, next, reader);
    }
}
