package dev.holdfast.core.state;

import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Runner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A guest's next state in the making; lives only while one event is applied. */
final class GuestEdit {

    private final String name;
    GuestSpec spec;
    RequestedState requested;
    boolean removing;
    GuestPhase phase;
    List<Runner> runners;
    List<Discharged> discharged;
    LastWriter lastWriter;
    Map<String, Snapshot> replicas;
    Collection<String> liveCopies;
    String promotedFrom;
    Map<String, String> asideAsked;
    Move move;
    Snapshot finalSnapshot;
    int handFailures;
    Attempts attempts;
    Outage outage;
    GuestState.Waiting waiting;
    boolean lossAccepted;
    Replication replication;

    GuestEdit(GuestState from) {
        name = from.name();
        spec = from.spec();
        requested = from.requested();
        removing = from.removing();
        phase = from.phase();
        runners = new ArrayList<>(from.runners());
        discharged = new ArrayList<>(from.discharged());
        lastWriter = from.lastWriter();
        replicas = from.replicas();
        liveCopies = new ArrayList<>(from.liveCopies());
        promotedFrom = from.promotedFrom();
        asideAsked = from.asideAsked();
        move = from.move();
        finalSnapshot = from.finalSnapshot();
        handFailures = from.handFailures();
        attempts = from.attempts();
        outage = from.outage();
        waiting = from.waiting();
        lossAccepted = from.lossAccepted();
        replication = from.replication();
    }

    GuestState done() {
        return new GuestState(
                name, spec, requested, removing, phase, runners, discharged, lastWriter, replicas, liveCopies,
                promotedFrom, asideAsked, move, finalSnapshot, handFailures, attempts, outage, waiting, lossAccepted,
                replication);
    }
}
