package dev.holdfast.simulator.conformance;

import dev.holdfast.core.decide.Departure;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.node.Timing;
import dev.holdfast.simulator.scenario.Action;
import dev.holdfast.simulator.scenario.ScriptedRun;
import dev.holdfast.simulator.scenario.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One scenario played: what a person would do besides, such as waiting for a node to be free, is done here. */
final class Performance {

    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration OFF_FOR = Duration.ofSeconds(40);
    private static final int ALWAYS = 1_000_000;

    /** Done as soon as something is so, or at a time at the latest. */
    private record Errand(BooleanSupplier due, Duration latest, Runnable act) {}

    private final Scenario scenario;
    private final Translation translation;
    private final ScriptedRun run;
    private final Map<String, Scenario.Service> services;
    private final List<Errand> errands = new ArrayList<>();

    Performance(Scenario scenario) {
        this.scenario = scenario;
        this.translation = new Translation(scenario);
        this.services = new HashMap<>(scenario.services());
        this.run = new ScriptedRun(new Setting(
                scenario.nodes(), Timing.CAREFUL, ClusterSettings.COLD_START_WAIT, scenario.manager(), 1));
    }

    /**
     * Plays it to its end.
     *
     * @throws dev.holdfast.simulator.invariant.Violation if an invariant does not hold
     */
    ScriptedRun play() {
        scenario.services().forEach((id, service) -> errand(
                () -> run.now().compareTo(SETTLES_WITHIN) > 0 && isThere(service.node()), scenario.end(),
                () -> add(id, service)));
        List<Scenario.Step> left = new ArrayList<>(scenario.timeline());
        while (run.now().compareTo(scenario.end()) < 0) {
            while (!left.isEmpty() && left.getFirst().at().compareTo(run.now()) <= 0) {
                perform(left.removeFirst());
            }
            runErrands();
            run.runUntil(run.now().plus(ROUND));
        }
        run.end();
        return run;
    }

    private void errand(BooleanSupplier due, Duration latest, Runnable act) {
        errands.add(new Errand(due, latest, act));
    }

    private void runErrands() {
        for (Errand errand : List.copyOf(errands)) {
            if (errand.due().getAsBoolean() || errand.latest().compareTo(run.now()) <= 0) {
                errands.remove(errand);
                errand.act().run();
            }
        }
    }

    private boolean isThere(String node) {
        return run.state().settings() != null && run.state().node(node).isLive();
    }

    /** It is declared, sent to its node, and only then started if it is to be. */
    private void add(String id, Scenario.Service service) {
        String guest = Translation.guest(id);
        if (service.failingStarts() > 0) {
            run.act(new Action.FailStarts(guest, service.failOnlyOn(), service.failingStarts()));
        }
        if (service.unstoppable()) {
            run.act(new Action.FailStops(guest, ALWAYS));
        }
        run.act(new Action.Declare(translation.spec(id, service)));
        errand(() -> run.state().guests().containsKey(guest), scenario.end(), () -> {
            ask(new OperatorCommand.Switchover(guest, service.node()));
            if (service.state() == RequestedState.STARTED) {
                ask(new OperatorCommand.RequestStart(guest));
            }
        });
    }

    private void ask(OperatorCommand.Request request) {
        run.act(new Action.Ask(request));
    }

    private void perform(Scenario.Step step) {
        switch (step.verb()) {
            case "delay" -> { }
            case "power_on" -> {
                run.act(new Action.PowerOn(step.text("node")));
                run.act(new Action.Heal(step.text("node")));
            }
            case "power_off" -> run.act(new Action.PowerOff(step.text("node")));
            case "network_off" -> run.act(new Action.Cut(step.text("node")));
            case "network_on" -> run.act(new Action.Heal(step.text("node")));
            case "store_fault" -> run.act(step.flag("failing")
                    ? new Action.StoreFails(step.text("node"))
                    : new Action.StoreWorks(step.text("node")));
            case "maintenance_on" -> ask(new OperatorCommand.BeginMaintenance(step.text("node")));
            case "shutdown" -> shutDown(step.text("node"), false);
            case "reboot" -> shutDown(step.text("node"), true);
            case "set_requested_state" -> ask(Translation.request(guest(step), state(step)));
            case "stop" -> ask(new OperatorCommand.RequestStop(guest(step)));
            case "migrate", "relocate" -> ask(new OperatorCommand.Switchover(guest(step), step.text("target")));
            case "delete_service" -> ask(new OperatorCommand.RemoveGuest(guest(step), true));
            case "add_service" -> addService(step);
            default -> throw new IllegalArgumentException("no verb '" + step.verb() + "'");
        }
    }

    private static String guest(Scenario.Step step) {
        return Translation.guest(step.text("sid"));
    }

    private static RequestedState state(Scenario.Step step) {
        return RequestedState.valueOf(step.text("state").toUpperCase(Locale.ROOT));
    }

    private void addService(Scenario.Step step) {
        Scenario.Service service = services.getOrDefault(
                step.text("sid"),
                new Scenario.Service(step.text("node"), state(step), 1, 1, true, 0, null, 0, false));
        add(step.text("sid"), service);
    }

    /** As 'node stop' does it: asks, waits until nothing holds the node or patience ends, stops the services, switches off. */
    private void shutDown(String node, boolean reboot) {
        int before = leaving(node);
        ask(new OperatorCommand.ShutdownNode(node, scenario.policy(), reboot));
        Duration latest = run.now().plus(PATIENCE);
        errand(() -> leaving(node) > before && Departure.holding(run.state(), node).isEmpty(), latest, () -> {
            run.act(new Action.Stop(node));
            errand(() -> run.isStopped(node), run.now().plus(PATIENCE), () -> switchOff(node, reboot));
        });
    }

    private int leaving(String node) {
        return (int) run.decided(NodeEvent.NodeShuttingDown.class).stream()
                .filter(event -> event.node().equals(node)).count();
    }

    private void switchOff(String node, boolean reboot) {
        run.act(new Action.PowerOff(node));
        if (reboot) {
            errand(() -> false, run.now().plus(OFF_FOR), () -> run.act(new Action.PowerOn(node)));
        }
    }
}
