package dev.holdfast.core.model.volume;

import java.util.ArrayList;
import java.util.List;

/**
 * One moment of the model.
 *
 * @param taken snapshots that an owner took: each may be offered to any other node, at any time and again
 * @param orders orders on the log, oldest first
 * @param carried how often each was begun
 * @param reports answers that the decision maker has not read, oldest first
 * @param failures how often a node failed
 * @param endings how often the guest ended by itself or was moved
 * @param wrong what must not be; null if all is well
 */
record World(
        List<Site> sites, Mind mind, List<Snap> taken, List<Order> orders, List<Integer> carried,
        List<Report> reports, int failures, int endings, String wrong) {

    record Report(Order order, boolean done) {}

    Site site(int node) {
        return sites.get(node);
    }

    World with(int node, Site site) {
        List<Site> next = new ArrayList<>(sites);
        next.set(node, site);
        return new World(List.copyOf(next), mind, taken, orders, carried, reports, failures, endings, wrong);
    }

    World with(Mind next) {
        return new World(sites, next, taken, orders, carried, reports, failures, endings, wrong);
    }

    World withTaken(Snap snap) {
        return new World(sites, mind, plus(taken, snap), orders, carried, reports, failures, endings, wrong);
    }

    World withOrder(Order order) {
        return new World(
                sites, mind, taken, plus(orders, order), plus(carried, 0), reports, failures, endings, wrong);
    }

    World begun(int order) {
        List<Integer> more = new ArrayList<>(carried);
        more.set(order, more.get(order) + 1);
        return new World(sites, mind, taken, orders, List.copyOf(more), reports, failures, endings, wrong);
    }

    World withReport(Report report) {
        return new World(sites, mind, taken, orders, carried, plus(reports, report), failures, endings, wrong);
    }

    World withoutReport(Report report) {
        List<Report> rest = new ArrayList<>(reports);
        rest.remove(report);
        return new World(sites, mind, taken, orders, carried, List.copyOf(rest), failures, endings, wrong);
    }

    World withFailure() {
        return new World(sites, mind, taken, orders, carried, reports, failures + 1, endings, wrong);
    }

    World withEnding() {
        return new World(sites, mind, taken, orders, carried, reports, failures, endings + 1, wrong);
    }

    World withWrong(String what) {
        return wrong != null || what == null
                ? this
                : new World(sites, mind, taken, orders, carried, reports, failures, endings, what);
    }

    /** Without orders and reports that cannot have an effect any more, by the rules as they are. */
    World settled(int readings) {
        List<Order> openOrders = new ArrayList<>();
        List<Integer> openCarried = new ArrayList<>();
        for (int i = 0; i < orders.size(); i++) {
            Order order = orders.get(i);
            if (carried.get(i) < readings && order.k() == site(order.node()).k()) {
                openOrders.add(order);
                openCarried.add(carried.get(i));
            }
        }
        List<Report> openReports = reports.stream().filter(report -> awaits(report.order())).toList();
        boolean same = openOrders.size() == orders.size() && openReports.size() == reports.size();
        return same ? this : new World(
                sites, mind, taken, List.copyOf(openOrders), List.copyOf(openCarried), openReports, failures, endings,
                wrong);
    }

    private boolean awaits(Order order) {
        return order.isPromotion()
                ? mind.phase() == Mind.Phase.PROMOTING && order.equals(mind.outstanding())
                : order.equals(mind.node(order.node()).aside());
    }

    private static <E> List<E> plus(List<E> list, E more) {
        List<E> all = new ArrayList<>(list);
        all.add(more);
        return List.copyOf(all);
    }
}
