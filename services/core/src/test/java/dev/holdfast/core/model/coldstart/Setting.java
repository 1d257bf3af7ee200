package dev.holdfast.core.model.coldstart;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.Timing;
import java.time.Duration;
import java.util.List;

/**
 * Bounds of one exploration.
 *
 * @param round time between two beats of a node; nothing shorter is told apart
 * @param beating in which order the voters beat
 * @param newcomer the voter c was never switched on before
 * @param cutsUntil last round in which a machine loses its power for the first time
 * @param together the first time all lose it at one moment
 * @param cutsAgain how many machines may lose it a second time, at any time
 * @param backWithin rounds after the first one's return by which all are back; 0 if some need never return
 * @param logNeedsMajority the brokers run on the same machines: with fewer than two of them nobody can write
 * @param coldStartWait log time to wait for the last writer
 * @param horizon rounds
 */
record Setting(
        Duration round, List<String> beating, boolean newcomer, int cutsUntil, boolean together, int cutsAgain,
        int backWithin, boolean logNeedsMajority, Duration coldStartWait, int horizon) {

    private static final List<String> IN_ORDER = List.of("a", "b", "c");
    private static final List<String> REVERSED = List.of("c", "b", "a");
    private static final Duration STEP = Duration.ofSeconds(20);
    private static final Duration LONG_STEP = Duration.ofSeconds(40);
    /** Two and a half long steps: shorter than the product's, for no more rounds than needed. */
    private static final Duration WAIT = Duration.ofSeconds(100);

    /** All lose power at once, and all are back within 80 s, which is four steps. */
    static Setting allReturn() {
        return new Setting(STEP, IN_ORDER, false, 1, true, 0, 4, true, ClusterSettings.COLD_START_WAIT, 9);
    }

    static Setting allReturnToALogElsewhere() {
        return new Setting(STEP, REVERSED, false, 1, true, 0, 4, false, ClusterSettings.COLD_START_WAIT, 9);
    }

    static Setting allReturnAndOneIsNew() {
        return new Setting(STEP, IN_ORDER, true, 1, true, 0, 4, true, ClusterSettings.COLD_START_WAIT, 9);
    }

    /** All lose power at once, one of them once more at any time, and any may stay away. */
    static Setting oneFailsAgain() {
        return new Setting(LONG_STEP, IN_ORDER, false, 0, true, 1, 0, true, WAIT, 5);
    }

    /** Each loses power at any time within 80 s, and any may stay away. */
    static Setting anyOrder() {
        return new Setting(LONG_STEP, IN_ORDER, false, 2, false, 0, 0, true, WAIT, 6);
    }

    static Setting anyOrderAndALogElsewhere() {
        return new Setting(LONG_STEP, REVERSED, false, 2, false, 0, 0, false, WAIT, 6);
    }

    /** A lease that outlives one round without an acknowledgement, and a silence proven by two. */
    Timing timing() {
        return new Timing(
                "model", round.dividedBy(8), round.multipliedBy(5).dividedBy(4), round.dividedBy(4),
                round.dividedBy(8), round.dividedBy(4), 0);
    }
}
