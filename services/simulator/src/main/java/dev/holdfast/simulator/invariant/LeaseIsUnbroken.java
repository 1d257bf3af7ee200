package dev.holdfast.simulator.invariant;

import dev.holdfast.core.node.Incarnation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A lease counts from sending, and is one chain: once it was over it is never held again, and a beat that names a shorter
 * one gives the rest of the longer one up (rules R2, R3 and R5).
 */
public final class LeaseIsUnbroken extends Invariant {

    private record Life(String node, Incarnation incarnation) {}

    /** The lease as the rules have it. */
    private static final class Chain {
        private long until;
        private Duration length;
        private long shorterSince = Long.MIN_VALUE;
        private boolean granted;
    }

    private final Map<Life, Chain> chains = new HashMap<>();

    @Override
    public String sentence() {
        return "a lease counts from the sending of acknowledged beats, and once it was over it is never held again";
    }

    @Override
    public void lease(LeaseStep step) {
        Life life = new Life(step.node(), step.incarnation());
        switch (step) {
            case LeaseStep.Sent sent -> {
                Chain chain = chains.computeIfAbsent(life, first -> begun(sent));
                if (sent.lease().compareTo(chain.length) < 0) {
                    chain.until = Math.min(chain.until, sent.at() + sent.lease().toNanos());
                    chain.shorterSince = sent.at();
                }
                chain.length = sent.lease();
            }
            case LeaseStep.Acknowledged acknowledged -> renew(chains.get(life), acknowledged);
            case LeaseStep.Used used -> {
                Chain chain = chains.get(life);
                require(chain != null && chain.granted && used.at() < chain.until, used.node() + "/" + used.incarnation()
                        + " " + used.what() + (chain == null || !chain.granted
                                ? " without a lease"
                                : ", " + (used.at() - chain.until) / 1_000_000 + " ms after the end of its lease"));
            }
        }
    }

    private static Chain begun(LeaseStep.Sent first) {
        Chain chain = new Chain();
        chain.until = first.at() + first.lease().toNanos();
        chain.length = first.lease();
        return chain;
    }

    private static void renew(Chain chain, LeaseStep.Acknowledged acknowledged) {
        if (acknowledged.at() < chain.until) {
            chain.granted = true;
            if (acknowledged.sentAt() >= chain.shorterSince) {
                chain.until = Math.max(chain.until, acknowledged.sentAt() + acknowledged.lease().toNanos());
            }
        }
    }
}
