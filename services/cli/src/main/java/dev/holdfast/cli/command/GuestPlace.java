package dev.holdfast.cli.command;

import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import java.util.Locale;

/**
 * Where a guest stands, in one word, and on which node.
 *
 * @param phase idle, stopped, disabled, ignored, waiting, promoting, starting, running, stopping, moving or error
 * @param node null if it is bound to none at present
 * @param epoch null if it is bound to no node
 * @param answering null unless it is running
 */
record GuestPlace(String phase, String node, Long epoch, Boolean answering) {

    static GuestPlace of(GuestState guest) {
        return switch (guest.phase()) {
            case GuestPhase.Idle idle -> new GuestPlace(idle(guest), null, null, null);
            case GuestPhase.Promoting promoting ->
                new GuestPlace("promoting", promoting.node(), promoting.epoch(), null);
            case GuestPhase.Promoted promoted -> new GuestPlace("promoted", promoted.node(), promoted.epoch(), null);
            case GuestPhase.Starting starting ->
                new GuestPlace("starting", starting.runner().node(), starting.runner().epoch(), null);
            case GuestPhase.Running running -> new GuestPlace(
                    guest.move() == null ? "running" : "moving", running.runner().node(), running.runner().epoch(),
                    running.answering());
            case GuestPhase.Stopping stopping ->
                new GuestPlace("stopping", stopping.runner().node(), stopping.runner().epoch(), null);
            case GuestPhase.Handing handing -> new GuestPlace("moving", handing.target(), handing.epoch(), null);
            case GuestPhase.Errored(String reason, Runner stuck) -> stuck == null
                    ? new GuestPlace("error", null, null, null)
                    : new GuestPlace("error", stuck.node(), stuck.epoch(), null);
        };
    }

    private static String idle(GuestState guest) {
        if (guest.waiting() != null) {
            return "waiting";
        }
        return guest.requested() == RequestedState.STARTED ? "idle" : guest.requested().name().toLowerCase(Locale.ROOT);
    }
}
