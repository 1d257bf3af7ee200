package dev.holdfast.core.model.volume;

import dev.holdfast.core.model.Model;
import dev.holdfast.core.volume.ReplicaFloor;
import dev.holdfast.core.volume.ReplicaFloor.Purpose;
import java.util.ArrayList;
import java.util.List;

/**
 * Rule R11: a volume changes hands while nodes fail and return after any step, old streams arrive at any time, and
 * orders are read late or again. What must never be: a live volume is replaced by an order that is not newer than what
 * was written to it, or under its guest; a stream of an older owner is stored behind a promotion; a guest starts on a
 * volume that its promotion did not make; an older replica is promoted although a newer one was reported.
 */
final class VolumeModel implements Model<World> {

    /** Streams let in at one time on one node. */
    private static final int RECEIVES = 2;

    private final Setting setting;
    private final Rules rules;
    private final Carrying carrying;
    private final Deciding deciding;

    VolumeModel(Setting setting, Rules rules) {
        this.setting = setting;
        this.rules = rules;
        this.carrying = new Carrying(rules);
        this.deciding = new Deciding(setting, rules);
    }

    /** The guest runs on a under epoch 1; nothing was replicated so far. */
    @Override
    public List<World> beginnings() {
        List<Site> sites = new ArrayList<>();
        List<Mind.Known> known = new ArrayList<>();
        for (int node = 0; node < setting.nodes(); node++) {
            Site site = Site.empty();
            sites.add(node == 0 ? site.withLive(new Site.Live(0, 1)).runs(1) : site);
            known.add(new Mind.Known(true, 1, null, null, node == 0, null));
        }
        Order start = new Order(Purpose.PROMOTE, 1, 0, 1, null);
        Mind mind = new Mind(1, Mind.Phase.RUNNING, start, 0, known);
        return List.of(new World(sites, mind, List.of(), List.of(), List.of(), List.of(), 0, 0, null));
    }

    @Override
    public String violation(World world) {
        return world.wrong();
    }

    @Override
    public void steps(World world, Steps<World> told) {
        Steps<World> steps = (words, next) ->
                told.to(words, rules.forgetsWhatIsOver() ? next.settled(setting.readings()) : next);
        for (int node = 0; node < setting.nodes(); node++) {
            Site site = world.site(node);
            if (site.up()) {
                owner(world, node, steps);
                receives(world, node, steps);
                carrying.steps(world, node, steps);
                if (world.failures() < setting.failures()) {
                    steps.to("a node fails", world.with(node, rules.afterFailure(site)).withFailure());
                }
            } else {
                World returned = world.with(node, site.returns()).with(world.mind().joined(node, site.k()));
                steps.to("a node returns", deciding.voidedBy(returned, node));
                if (world.mind().node(node).live()) {
                    World fenced = world.with(world.mind().fenced(node));
                    steps.to("a node is fenced", deciding.voidedBy(fenced, node));
                }
            }
            for (int order = 0; order < world.orders().size(); order++) {
                boolean forThis = world.orders().get(order).node() == node;
                if (forThis && site.up() && site.work() == null && world.carried().get(order) < setting.readings()) {
                    steps.to("an order is read", carrying.begun(world, node, order));
                }
            }
        }
        deciding.steps(world, steps);
    }

    private void owner(World world, int node, Steps<World> steps) {
        Site site = world.site(node);
        if (site.runs() == 0) {
            return;
        }
        int epoch = site.runs();
        int taken = (int) world.taken().stream().filter(snap -> snap.epoch() == epoch).count();
        if (taken < setting.snapshots().get(epoch - 1)) {
            Snap snap = new Snap(epoch, taken + 1, node);
            steps.to("the owner takes a snapshot", world.withTaken(snap));
        }
        if (world.endings() < setting.endings()) {
            World ended = deciding.ended(world.with(node, site.ends()).withEnding());
            steps.to("the guest ends", ended);
            Snap last = world.taken().isEmpty() ? null : world.taken().getLast();
            for (int target = 0; target < setting.nodes(); target++) {
                Mind.Known known = world.mind().node(target);
                boolean hasAll = target != node && known.live() && last != null && last.epoch() == epoch
                        && last.equals(known.replica());
                if (hasAll && epoch < setting.epochs()) {
                    steps.to("the guest is moved", deciding.promotes(ended, target));
                }
            }
        }
    }

    private void receives(World world, int node, Steps<World> steps) {
        Site site = world.site(node);
        for (Snap snap : world.taken()) {
            boolean isNew = snap.owner() != node && !site.held().contains(snap) && !site.receiving().contains(snap);
            if (isNew && site.receiving().size() < RECEIVES) {
                ReplicaFloor asked =
                        new ReplicaFloor(snap.epoch(), Purpose.RECEIVE, site.incarnation());
                if (!rules.forbids(site.floor(), asked)) {
                    steps.to("a stream is let in",
                            world.with(node, site.receives(snap).with(rules.raised(site.floor(), asked))));
                }
            }
        }
        for (Snap snap : site.receiving()) {
            boolean behind = site.live() != null && site.live().madeBy() > snap.epoch();
            Mind.Known known = world.mind().node(node);
            Snap believed = rules.believed(known.replica(), snap);
            steps.to("a stream is stored", world.with(node, site.stores(snap))
                    .with(world.mind().told(node, believed, snap))
                    .withWrong(behind ? "a stream of an older owner is stored behind a promotion" : null));
        }
    }

    @Override
    public String describe(World world) {
        StringBuilder text = new StringBuilder();
        for (int node = 0; node < setting.nodes(); node++) {
            text.append(Site.name(node)).append(' ').append(world.site(node)).append("; ");
        }
        return text.append(world.mind().phase()).append(' ').append(world.mind().outstanding()).toString();
    }
}
