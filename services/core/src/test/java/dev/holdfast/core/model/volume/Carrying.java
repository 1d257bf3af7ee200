package dev.holdfast.core.model.volume;

import dev.holdfast.core.model.Model.Steps;

/** How a node carries an order out: the steps of the replication service, told anew, around the product's rules. */
final class Carrying {

    private final Rules rules;

    Carrying(Rules rules) {
        this.rules = rules;
    }

    /** For this incarnation, and above the floor: then the floor is filed first of all. */
    World begun(World world, int node, int place) {
        Order order = world.orders().get(place);
        Site site = world.site(node);
        World next = world.begun(place);
        if (rules.notMine(order, site) || rules.forbids(site.floor(), order.asked())) {
            return next.withReport(new World.Report(order, false));
        }
        return next.with(node, site.with(rules.raised(site.floor(), order.asked()))
                .withWork(new Site.Work(order, Site.Step.FLOOR_FILED)));
    }

    void steps(World world, int node, Steps<World> steps) {
        Site site = world.site(node);
        if (site.work() == null) {
            return;
        }
        switch (site.work().step()) {
            case FLOOR_FILED -> steps.to("receives are killed", world.with(
                    node, at(rules.receivesKilled(site), Site.Step.RECEIVES_DEAD)));
            case RECEIVES_DEAD -> steps.to("the old live volume is set aside", aside(world, node));
            case OLD_LIVE_ASIDE -> steps.to("the new live volume is made", ended(
                    world.with(node, site.withLive(new Site.Live(site.work().order().epoch(), 0))), node, true));
        }
    }

    private static Site at(Site site, Site.Step step) {
        return site.withWork(new Site.Work(site.work().order(), step));
    }

    private World aside(World world, int node) {
        Site site = world.site(node);
        Order order = site.work().order();
        if (order.isPromotion()) {
            if (rules.isDone(order, site)) {
                return ended(world, node, true);
            }
            boolean nothing = site.newest() == null || rules.tooOld(site.newest(), order.minimum());
            if (nothing) {
                return ended(world, node, false);
            }
        }
        if (site.runs() > 0) {
            return ended(world, node, false);
        }
        boolean newer = site.live() != null && site.live().writtenBy() >= order.epoch();
        World next = world.withWrong(newer ? "a volume is taken away by an order older than what it holds" : null);
        Site without = site.withLive(null);
        return order.isPromotion()
                ? next.with(node, at(without, Site.Step.OLD_LIVE_ASIDE))
                : ended(next.with(node, without), node, true);
    }

    private static World ended(World world, int node, boolean done) {
        Site site = world.site(node);
        return world.with(node, site.withWork(null)).withReport(new World.Report(site.work().order(), done));
    }
}
