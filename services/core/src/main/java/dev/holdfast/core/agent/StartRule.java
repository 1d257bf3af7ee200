package dev.holdfast.core.agent;

import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.node.Incarnation;

/** The node's side of a start (rule R9): what must hold before a floor is filed and a guest is started. */
public final class StartRule {

    private StartRule() {}

    /**
     * What the node knows when it looks at a start.
     *
     * @param node this node
     * @param incarnation its present incarnation
     * @param floor greatest epoch ever filed for the guest here; 0 for none
     * @param leaseHeld granted and not lapsed
     * @param guardArmed armed for this incarnation
     * @param inFlight a start, a stop or a process of the guest is under way
     */
    public record Facts(
            String node, Incarnation incarnation, long floor, boolean leaseHeld, boolean guardArmed,
            boolean inFlight) {}

    /** What to do with a start. */
    public sealed interface Verdict {

        /** File the floor, then start. */
        record Start() implements Verdict {}

        /** Answer with StartFailed, refused. */
        record Refuse(String reason) implements Verdict {}

        /** It is for another node, or for an incarnation that is no more: a newer one has discharged it. */
        record NotMine() implements Verdict {}

        /** The record was read before: it was carried out or answered then. */
        record Repeated() implements Verdict {}
    }

    public static Verdict judge(StartGuest order, Facts facts) {
        if (!order.node().equals(facts.node()) || !order.incarnation().equals(facts.incarnation())) {
            return new Verdict.NotMine();
        }
        if (order.epoch() == facts.floor()) {
            return new Verdict.Repeated();
        }
        if (order.epoch() < facts.floor()) {
            return new Verdict.Refuse("epoch " + order.epoch() + " is not above the floor " + facts.floor());
        }
        if (!facts.leaseHeld()) {
            return new Verdict.Refuse("the lease is not held");
        }
        if (!facts.guardArmed()) {
            return new Verdict.Refuse("the guard is not armed");
        }
        return facts.inFlight()
                ? new Verdict.Refuse("an earlier start or stop of the guest is not finished")
                : new Verdict.Start();
    }
}
