package dev.holdfast.core.model.silence;

import dev.holdfast.core.node.Timing;
import java.util.List;

/**
 * Bounds of one exploration. A tick is {@value #TICK} ms.
 *
 * @param lease what the reader's settings name
 * @param wd the same of the watchdog, and what every beat names
 * @param rho greatest error of the clocks that the rule reckons with
 * @param rates pairs of what a's and the witnesses' clocks advance in a tick, in ms
 * @param leases what each of a's beats names; a sends no more of them
 * @param restarts how often the witnesses may restart
 * @param late how late the watchdog's end of a guest may come, in ms
 * @param horizon ticks; no guest of a sound rule lives so long
 */
record Setting(int lease, int wd, double rho, List<Rates> rates, List<Integer> leases, int restarts, int late,
        int horizon) {

    static final int TICK = 100;
    static final int MARGIN = TICK;
    static final double RHO = 0.05;

    private static final int LEASE = 4 * TICK;
    private static final int WD = 2 * TICK;
    /** For worlds that need two beats and much of something else. */
    private static final int SHORT_LEASE = 2 * TICK;
    private static final int SHORT_WD = TICK;

    private static final List<Rates> EQUAL = List.of(new Rates(TICK, TICK));
    private static final List<Rates> EXTREMES = List.of(
            new Rates(95, 95), new Rates(95, 105), new Rates(105, 95), new Rates(105, 105));

    private static final int HORIZON = 24;
    /** A clock never shows zero, which stands for no time in places. */
    private static final int CLOCK_AT_START = 1000;
    /** The clock of a new boot: far ahead, so that old and new times together would prove a great deal. */
    private static final int JUMP = 100_000;

    record Rates(int a, int witness) {}

    static Setting oneBeat() {
        return new Setting(LEASE, WD, 0, EQUAL, List.of(LEASE), 0, MARGIN, HORIZON);
    }

    static Setting twoBeats() {
        return new Setting(LEASE, WD, 0, EQUAL, List.of(LEASE, LEASE), 0, MARGIN, HORIZON);
    }

    static Setting threeBeatsOfShortLeases() {
        return new Setting(
                SHORT_LEASE, SHORT_WD, 0, EQUAL, List.of(SHORT_LEASE, SHORT_LEASE, SHORT_LEASE), 0, MARGIN, HORIZON);
    }

    static Setting twoBeatsOfShortLeases() {
        return new Setting(SHORT_LEASE, SHORT_WD, 0, EQUAL, List.of(SHORT_LEASE, SHORT_LEASE), 0, MARGIN, HORIZON);
    }

    /** For a lease that is never over, where nothing else ends the world. */
    static Setting twoBeatsAndNotLong() {
        return new Setting(SHORT_LEASE, SHORT_WD, 0, EQUAL, List.of(SHORT_LEASE, SHORT_LEASE), 0, MARGIN, 7);
    }

    static Setting oneBeatAndClocksThatErr() {
        return new Setting(LEASE, WD, RHO, EXTREMES, List.of(LEASE), 0, MARGIN, HORIZON);
    }

    static Setting twoBeatsAndClocksThatErr() {
        return new Setting(SHORT_LEASE, SHORT_WD, RHO, EXTREMES, List.of(SHORT_LEASE, SHORT_LEASE), 0, MARGIN, HORIZON);
    }

    static Setting longerLeaseFirst() {
        return new Setting(SHORT_LEASE, SHORT_WD, 0, EQUAL, List.of(LEASE, SHORT_LEASE), 0, MARGIN, HORIZON);
    }

    static Setting witnessesThatRestart() {
        return new Setting(LEASE, WD, 0, EQUAL, List.of(LEASE), 1, MARGIN, HORIZON);
    }

    static Setting clocksBeyondRho() {
        return new Setting(LEASE, WD, RHO, List.of(new Rates(75, 105)), List.of(LEASE), 0, MARGIN, HORIZON);
    }

    static Setting watchdogLaterThanTheMargin() {
        return new Setting(LEASE, WD, 0, EQUAL, List.of(LEASE), 0, MARGIN + TICK, HORIZON);
    }

    int beats() {
        return leases.size();
    }

    Timing timing() {
        return new Timing(
                "model", Held.ms(TICK / 4), Held.ms(lease), Held.ms(wd), Held.ms(TICK / 4), Held.ms(MARGIN), rho);
    }

    boolean isOver(World world) {
        return world.now() == horizon;
    }

    int clockOfA(World world) {
        return CLOCK_AT_START + world.now() * rates.get(world.rates()).a();
    }

    int clockOfWitness(World world) {
        return clockOfWitness(world.now(), rates.get(world.rates()), world.b().boot());
    }

    int clockOfWitness(int now, Rates pair, int boot) {
        return CLOCK_AT_START + (boot - 1) * JUMP + now * pair.witness();
    }
}
