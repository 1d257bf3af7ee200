package dev.holdfast.core.model.volume;

import dev.holdfast.core.model.Model.Steps;
import dev.holdfast.core.model.volume.Mind.Phase;
import dev.holdfast.core.volume.ReplicaFloor.Purpose;

/** The decision maker's part, told anew and short: only what rule R11 hangs on. */
final class Deciding {

    private final Setting setting;
    private final Rules rules;

    Deciding(Setting setting, Rules rules) {
        this.setting = setting;
        this.rules = rules;
    }

    void steps(World world, Steps<World> steps) {
        Mind mind = world.mind();
        if (mind.phase() == Phase.IDLE && mind.epochs() < setting.epochs()) {
            next(world, steps);
        }
        if (mind.phase() == Phase.STARTING) {
            start(world, steps);
        }
        if (mind.phase() == Phase.RUNNING) {
            setAside(world, steps);
        }
        for (World.Report report : world.reports()) {
            steps.to("a report is read", read(world.withoutReport(report), report));
        }
    }

    /** In place where it ran last, if that is there; else from the freshest replica. */
    private void next(World world, Steps<World> steps) {
        Mind mind = world.mind();
        Mind.Known writer = mind.node(mind.writer());
        if (writer.live() && writer.liveCopy()) {
            Order start = new Order(Purpose.PROMOTE, mind.epochs() + 1, mind.writer(), writer.k(), null);
            steps.to("it is to start in place",
                    world.with(mind.to(Phase.STARTING, start).withLiveCopy(mind.writer(), true)));
            return;
        }
        int best = mind.freshest();
        if (best >= 0) {
            steps.to("a promotion is ordered", promotes(world, best));
        }
    }

    World promotes(World world, int node) {
        Mind mind = world.mind();
        Mind.Known target = mind.node(node);
        Order promote = new Order(Purpose.PROMOTE, mind.epochs() + 1, node, target.k(), target.replica());
        boolean fresher = mind.nodes().stream()
                .anyMatch(known -> known.live() && !Snap.isAtLeast(target.replica(), known.told()));
        return world
                .with(mind.to(Phase.PROMOTING, promote).withLiveCopy(node, true))
                .withOrder(promote)
                .withWrong(fresher ? "an older replica is promoted although a newer one was reported" : null);
    }

    /** The node takes the start, if it is the one that was meant. */
    private void start(World world, Steps<World> steps) {
        Order start = world.mind().outstanding();
        Site site = world.site(start.node());
        if (site.up() && site.k() == start.k()) {
            boolean promoted = start.minimum() != null;
            boolean made = site.live() != null && (!promoted || site.live().epoch() == start.epoch());
            World next = world.withWrong(made ? null : "a guest starts on a volume that its promotion did not make");
            Site ready = site.live() == null ? site.withLive(new Site.Live(0, 0)) : site;
            steps.to("the guest starts", next
                    .with(start.node(), ready.runs(start.epoch()))
                    .with(world.mind().to(Phase.RUNNING, start)));
        }
    }

    private static void setAside(World world, Steps<World> steps) {
        Mind mind = world.mind();
        Order runner = mind.outstanding();
        for (int node = 0; node < mind.nodes().size(); node++) {
            Mind.Known known = mind.node(node);
            Order aside = new Order(Purpose.SET_ASIDE, runner.epoch(), node, known.k(), null);
            boolean due = node != runner.node() && known.live() && known.liveCopy() && !aside.equals(known.aside());
            if (due) {
                steps.to("a set aside is ordered", world.with(mind.asks(node, aside)).withOrder(aside));
            }
        }
    }

    private World read(World world, World.Report report) {
        Mind mind = world.mind();
        Order order = report.order();
        if (!order.isPromotion()) {
            boolean answered = report.done() && order.equals(mind.node(order.node()).aside());
            return answered ? world.with(mind.withLiveCopy(order.node(), false)) : world;
        }
        if (report.done() && rules.counts(mind, order)) {
            return world.with(mind.to(Phase.STARTING, mind.outstanding()));
        }
        boolean outstanding = mind.phase() == Phase.PROMOTING && mind.outstanding().equals(order);
        if (report.done() || !outstanding) {
            return world;
        }
        Mind idle = mind.to(Phase.IDLE, null);
        Mind without = idle.replicaGone(order.node());
        return world.with(without.freshest() < 0 ? idle : without);
    }

    /** The guest's owner says that it ended. */
    World ended(World world) {
        return world.with(world.mind().to(Phase.IDLE, null));
    }

    /** A node is fenced, or there as another incarnation: what was asked of it is void, what ran there is over. */
    World voidedBy(World world, int node) {
        Mind mind = world.mind();
        boolean concerned = mind.phase() != Phase.IDLE && mind.outstanding().node() == node;
        return concerned ? world.with(mind.to(Phase.IDLE, null)) : world;
    }
}
