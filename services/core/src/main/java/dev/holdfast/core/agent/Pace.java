package dev.holdfast.core.agent;

import dev.holdfast.core.node.Timing;
import java.time.Duration;

/**
 * The settings that one incarnation beats and feeds its guard by, and how it takes on newer ones in the middle of its
 * life. Each beat must be true for itself: until a later one is on the log, nothing of the node runs for longer than
 * the lease and the watchdog time that it names, counted from its sending. Hence the order:
 *
 * <pre>
 * a longer watchdog   is named first; the guard is fed with it once a beat that names it is acknowledged
 * a shorter watchdog  is fed first; it is named once the guard has taken it
 * a longer lease      is worth what each acknowledged beat names
 * a shorter lease     is kept from the sending of the first beat that names it (see {@link
 *                     dev.holdfast.core.lease.Lease#sent})
 * </pre>
 *
 * Nothing of it needs a guest to stop. Beats, acknowledgements and feedings come from different threads.
 */
final class Pace {

    /** Settings as a node works with them. */
    record Settings(long version, Timing timing) {}

    private Settings present;
    private Settings next;
    /** The longest that the guard may be wound up to now; zero before it was first fed. */
    private Duration wound = Duration.ZERO;
    private long acknowledgedVersion;
    private Duration acknowledgedWd;

    Pace(long version, Timing timing) {
        this.present = new Settings(version, timing);
        this.acknowledgedVersion = version;
        this.acknowledgedWd = timing.wd();
    }

    /** Newer settings, to be taken on as soon as that is safe. */
    synchronized void offer(long version, Timing timing) {
        boolean newer = version > present.version() && (next == null || version > next.version());
        if (newer) {
            next = new Settings(version, timing);
        }
    }

    /** What the next beat names. */
    synchronized Settings toName() {
        if (next != null && wound.compareTo(next.timing().wd()) <= 0) {
            present = next;
            next = null;
        }
        return present;
    }

    /** What beats named last. */
    synchronized Timing named() {
        return present.timing();
    }

    /** A beat that named this is on the log. */
    synchronized void acknowledged(long version, Duration wd) {
        if (version > acknowledgedVersion) {
            acknowledgedVersion = version;
            acknowledgedWd = wd;
        }
    }

    /** What the guard may be fed with, which it may be wound up to from now on. */
    synchronized Duration toFeed() {
        Duration wd = shorter(present.timing().wd(), acknowledgedWd);
        Duration feed = next == null ? wd : shorter(wd, next.timing().wd());
        wound = wound.compareTo(feed) > 0 ? wound : feed;
        return feed;
    }

    /** The guard has taken that feeding: what came before it counts no more. */
    synchronized void fed(Duration wd) {
        wound = wd;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
