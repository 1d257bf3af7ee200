package dev.holdfast.core.agent;

import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.event.GuestEvent.StopGuest;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.node.Incarnation;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What one incarnation owes one guest (rule R9): which orders it takes, and which report answers each. It starts and
 * stops nothing itself; whoever does tells it what came of it, one thing after the other. Every order addressed to
 * this incarnation is answered by exactly one report, except where only the end of the incarnation can tell.
 */
public final class GuestDuty {

    /** What to do with a stop. */
    public sealed interface Stopping {

        /** Have the guard stop what runs, then say so with {@link #stopped}. */
        record StopIt(StartGuest present) implements Stopping {}

        /** Nothing of that epoch was started here; see {@link #nothingRuns}. */
        record LookFor() implements Stopping {}

        /** For another node or incarnation. */
        record NotMine() implements Stopping {}
    }

    private final String guest;
    private final String node;
    private final Incarnation incarnation;
    private final RunningGuests running;
    private final Supplier<Duration> clock;
    private StartGuest present;
    /** Greatest epoch that was answered as over: no later copy of its order may start it, filed or not. */
    private long over;

    /**
     * @param running what every beat of this node names
     * @param clock the node's witness clock
     */
    public GuestDuty(
            String guest, String node, Incarnation incarnation, RunningGuests running, Supplier<Duration> clock) {
        this.guest = guest;
        this.node = node;
        this.incarnation = incarnation;
        this.running = running;
        this.clock = clock;
    }

    /** The start that was carried out and has not ended; null for none. */
    public StartGuest present() {
        return present;
    }

    /**
     * What {@link StartRule} is to know.
     *
     * @param floor greatest epoch ever filed for the guest on this machine
     */
    public StartRule.Facts facts(long floor, boolean leaseHeld, boolean guardArmed) {
        return new StartRule.Facts(
                node, incarnation, Math.max(floor, over), leaseHeld, guardArmed, running.contains(guest));
    }

    /**
     * The floor cannot be read, so nothing is started. Silence if the guest may be running: the order may be the one
     * that started it, read again, and then a StartFailed would discharge what runs.
     */
    public Optional<GuestReport> floorUnknown(StartGuest order, String why) {
        boolean mine = order.node().equals(node) && order.incarnation().equals(incarnation);
        return !mine || running.contains(guest)
                ? Optional.empty()
                : Optional.of(refused(order, "the floor cannot be read: " + why));
    }

    /** It is about to be started: every beat names it from here on. The floor has to be durable before it runs. */
    public void launching(StartGuest order) {
        running.mayRun(guest, order.epoch());
    }

    /** Its process runs. */
    public GuestReport started(StartGuest order, long pid) {
        present = order;
        return new GuestReport.GuestStarted(guest, order.epoch(), node, incarnation, clock.get(), pid);
    }

    /** It was not even tried. Its floor has to be filed all the same: the order may be read again (rule R9). */
    public GuestReport refused(StartGuest order, String reason) {
        return failed(order, true, false, reason);
    }

    /**
     * It was about to be started and certainly does not run.
     *
     * @param refused true if that says nothing of the guest
     */
    public GuestReport notStarted(StartGuest order, boolean refused, String reason) {
        running.isDead(guest, order.epoch());
        return failed(order, refused, false, reason);
    }

    /** It was about to be started from the guest's live volume, and the storage here was looked through: there is none. */
    public GuestReport noVolume(StartGuest order, String reason) {
        running.isDead(guest, order.epoch());
        return failed(order, true, true, reason);
    }

    private GuestReport failed(StartGuest order, boolean refused, boolean noVolume, String reason) {
        over = Math.max(over, order.epoch());
        return new GuestReport.StartFailed(
                guest, order.epoch(), node, incarnation, clock.get(), refused, noVolume, reason);
    }

    public Stopping stopping(StopGuest order) {
        if (!order.node().equals(node) || !order.incarnation().equals(incarnation)) {
            return new Stopping.NotMine();
        }
        return present == null || present.epoch() != order.epoch()
                ? new Stopping.LookFor()
                : new Stopping.StopIt(present);
    }

    /** An order is never met with silence: what is not here and can never be started here is stopped. */
    public Optional<GuestReport> nothingRuns(StopGuest order, long floor, boolean notHere) {
        return order.epoch() <= Math.max(floor, over) && notHere
                ? Optional.of(new GuestReport.GuestStopped(
                        guest, order.epoch(), node, incarnation, clock.get(), true,
                        order.reason() + ", nothing of that epoch runs here"))
                : Optional.empty();
    }

    /** Its death is verified, and its floor filed: under that epoch it never runs again. */
    public GuestReport stopped(long epoch, boolean asked, String detail) {
        present = null;
        over = Math.max(over, epoch);
        running.isDead(guest, epoch);
        // Read after the guest was taken from the beats: a beat that still names it was sent before (rule R10).
        Duration at = clock.get();
        return new GuestReport.GuestStopped(guest, epoch, node, incarnation, at, asked, detail);
    }

    /** It was told to stop and killed, and is not known to be dead: every beat goes on naming it. */
    public GuestReport notStopped(long epoch, String reason) {
        return new GuestReport.StopFailed(guest, epoch, node, incarnation, clock.get(), reason);
    }

    /** The guard proved that nothing of that run is left, without having been asked to stop it. */
    public Optional<GuestReport> ended(long epoch, String detail) {
        return present != null && present.epoch() == epoch
                ? Optional.of(stopped(epoch, false, detail))
                : Optional.empty();
    }
}
