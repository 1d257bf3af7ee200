package dev.holdfast.cli.drill;

import dev.holdfast.cli.Failure;
import dev.holdfast.core.message.OperatorCommand.DrillGuest;
import dev.holdfast.core.message.OperatorCommand.RequestReplication;
import dev.holdfast.core.message.OperatorCommand.Switchover;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Guests move to another node and back, one after the other, in order and without loss. */
final class MoveDrill {

    private final Stage stage;
    private final Duration maxLoss;
    private final Duration within;

    /**
     * @param maxLoss see {@link DrillGuest}; may be null
     * @param within for each move
     */
    MoveDrill(Stage stage, Duration maxLoss, Duration within) {
        this.stage = stage;
        this.maxLoss = maxLoss;
        this.within = within;
    }

    /**
     * Does it. What goes wrong with one guest keeps those after it from being moved.
     *
     * @throws dev.holdfast.cli.Failure if the log refuses any of them; nothing was moved then
     */
    Outcome run(List<String> guests) {
        guests.forEach(guest -> stage.ask(new DrillGuest(guest, maxLoss)));
        List<String> moved = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (String guest : guests) {
            if (faults.isEmpty()) {
                moved.add(guest);
                faults.addAll(rehearsed(guest, moved.size() > 1));
            }
        }
        return new Outcome(moved, faults);
    }

    /** @param later whether others were moved since it was asked: much may have changed meanwhile */
    private List<String> rehearsed(String guest, boolean later) {
        try {
            if (later) {
                stage.ask(new DrillGuest(guest, maxLoss));
            }
            return thereAndBack(guest);
        } catch (Failure failed) {
            return List.of(guest + ": " + failed.getMessage());
        }
    }

    private List<String> thereAndBack(String name) {
        String from = Stage.home(stage.state().guests().get(name));
        stage.ask(new Switchover(name, null));
        if (!stage.await(state -> answersElsewhere(state, name, from), within)) {
            return List.of(name + " does not answer on another node after " + within.toSeconds() + " s" + waitsFor(name));
        }
        String to = Stage.home(stage.state().guests().get(name));
        stage.say(name + " answers on " + to);
        // What it writes from now on has to be on its old node before it goes back there.
        stage.wish(new RequestReplication(name));
        Duration copied = within.plus(stage.state().guests().get(name).spec().replication().interval());
        if (!stage.await(state -> Stage.isTarget(state.guests().get(name), from), copied)) {
            return List.of(name + " stays on " + to + ": " + from + " holds no copy of its present run after "
                    + copied.toSeconds() + " s");
        }
        stage.ask(new Switchover(name, from));
        if (!stage.await(state -> from.equals(Stage.home(state.guests().get(name))), within)) {
            return List.of(name + " does not answer on " + from + " again after " + within.toSeconds() + " s"
                    + waitsFor(name));
        }
        stage.say(name + " answers on " + from + " again");
        return List.of();
    }

    private static boolean answersElsewhere(ClusterState state, String guest, String from) {
        String home = Stage.home(state.guests().get(guest));
        return home != null && !Objects.equals(home, from);
    }

    private String waitsFor(String name) {
        GuestState guest = stage.state().guests().get(name);
        return guest == null || guest.waiting() == null ? "" : ": " + guest.waiting().reason();
    }
}
