package dev.holdfast.simulator.mutation;

import static dev.holdfast.simulator.fault.Fault.*;

import dev.holdfast.simulator.fault.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * A mistake that an implementation of the protocol could contain. The simulator has to see each of them: what it does
 * not see when it is there, it would not see either if it came back.
 */
public enum Mutation {
    FEED_TO_LEASE_END("feed-to-lease-end", "the guard is fed to the end of the lease, and T has one watchdog time only",
            LeaseMutations::fedToTheEnd, PAUSE, CUT_OUT, CUT_OFF),
    LEASE_FROM_ACK("lease-from-ack", "the lease counts from the acknowledgement, not from the sending",
            LeaseMutations::fromAcknowledgement, SLOW_ACKS, CUT_OUT, CUT_OFF),
    NO_WATCHDOG_TERM("no-watchdog-term", "the silence that fences does not contain the watchdog's time",
            DecisionMutations::withoutWatchdogTerm, CUT_OUT, CUT_OFF, PAUSE),
    NO_CAUSALITY("no-causality", "a witness's beat counts as sent after whatever stands before it on the log",
            DecisionMutations::withoutCausality, SLOW_LOG, STALL, CUT_OFF, POWER_LOSS),
    FIRST_LEASE_UNCHAINED("first-lease-unchained", "the lease has no end before it is first granted",
            LeaseMutations::firstOutsideTheChain, PAUSE, AGENT_CRASH, CONSUMER_LAG),
    RENEW_WITHOUT_LOOK("renew-without-look", "an acknowledgement renews a lease that is over",
            LeaseMutations::renewedWithoutLooking, PAUSE, AGENT_CRASH, CONSUMER_LAG),
    LATCH_FORGOTTEN("latch-forgotten", "a lapse is not remembered, neither by the lease nor by the guard",
            LeaseMutations::withoutLatch, PAUSE, CUT_OFF, CONSUMER_LAG, AGENT_CRASH),
    BASE_KEPT("base-kept", "testimony about a silence stands although the node beats again",
            DecisionMutations::basesKept, CUT_OUT, CUT_OFF, SLOW_LOG),
    INCARNATION_NOT_COMPARED("incarnation-not-compared", "a start is carried out whatever incarnation it is for",
            NodeMutations::incarnationNotCompared, DECIDER_LAG, AGENT_CRASH, GUEST_CRASH, COMMAND),
    OLD_BOOT_ACCEPTED("old-boot-accepted", "a delayed beat of an earlier boot counts as the node's present word",
            DecisionMutations::oldBootAccepted, SLOW_LOG, POWER_LOSS, CUT_OUT, AGENT_CRASH),
    START_BEFORE_ARMING("start-before-arming", "a guest is started before the guard is armed",
            NodeMutations::startedBeforeArming, PAUSE, AGENT_CRASH, POWER_LOSS, CUT_OFF),
    FLOOR_NOT_FILED("floor-not-filed", "the floor of a start is not filed",
            NodeMutations::floorNotFiled, RE_READ, COMMAND, GUEST_CRASH),
    REOPEN_NO_PET("reopen-no-pet", "opening the watchdog again, which winds it up, needs no lease",
            NodeMutations::reopenedAtBegin, AGENT_CRASH, CUT_OFF, CUT_OUT, CUT_IN),
    START_TIMEOUT("start-timeout", "a start that is not answered in time leaves P",
            DecisionMutations::startTimeout, START_HANGS, CUT_OUT, CUT_OFF, POWER_LOSS, COMMAND),
    STOPPED_IN_FLIGHT("stopped-in-flight", "a stop is answered while a start of the guest is under way",
            NodeMutations::stoppedInFlight, START_HANGS, COMMAND, NODE_STOPPED, PAUSE),
    SOURCE_DISCHARGED("source-discharged", "the source of a move leaves P before it says that its guest is dead",
            DecisionMutations::sourceDischarged, COMMAND, REPLICATION_LAGS, CONSUMER_LAG),
    GAP_UNNOTICED("gap-unnoticed", "a gap in the log is not noticed",
            DecisionMutations::gapUnnoticed, LOG_GAP, LOG_TRUNCATED),
    OFFSETS_ALONE("offsets-alone", "a quoted offset counts whatever record of whichever log stood there",
            DecisionMutations::offsetsAlone, LOG_TRUNCATED, SLOW_LOG),
    SUSPEND_UNNOTICED("suspend-unnoticed", "the lease counts on a clock that stands still in a suspended machine",
            LeaseMutations::suspendUnnoticed, SUSPEND, CUT_OUT, CUT_OFF, SLOW_LOG),
    NO_DRIFT("no-drift", "the proven time is not reduced by the clocks' greatest error",
            DecisionMutations::withoutDrift, DRIFT, CUT_OUT, CUT_OFF),
    READERS_SETTINGS("readers-settings", "the silence that fences comes from the reader's settings",
            DecisionMutations::readersSettings, SETTINGS, CUT_OUT, CUT_OFF, CONSUMER_LAG),
    LONGER_FORGOTTEN("longer-forgotten", "a beat that names a shorter lease is all that its node is judged by",
            DecisionMutations::longerForgotten, SETTINGS, CUT_OUT, CUT_OFF),
    LONGER_LEASE_KEPT("longer-lease-kept", "a node names a shorter lease and goes on with the longer one",
            LeaseMutations::longerLeaseKept, SETTINGS, CUT_OUT, CUT_OFF),
    PROMOTE_WITHOUT_FLOOR("promote-without-floor", "a promotion files no floor",
            NodeMutations::promotedWithoutFloor, COMMAND, REPLICATION_LAGS, POWER_LOSS, CUT_OFF, RE_READ),
    RECEIVE_LOWER_EPOCH("receive-lower-epoch", "a stream of an older owner is let in",
            NodeMutations::lowerEpochReceived, REPLICATION_LAGS, CUT_OFF, COMMAND),
    FULL_POOL_A_TARGET("full-pool-a-target", "a full pool takes guests as if it had room",
            DecisionMutations::fullPoolATarget, POOL, POWER_LOSS, CUT_OFF, COMMAND);

    private final String id;
    private final String sentence;
    private final Supplier<Parts> parts;
    private final List<Fault> faults;

    Mutation(String id, String sentence, Supplier<Parts> parts, Fault... faults) {
        this.id = id;
        this.sentence = sentence;
        this.parts = parts;
        this.faults = List.of(faults);
    }

    /** Its name on the command line and in results. */
    public String id() {
        return id;
    }

    public String sentence() {
        return sentence;
    }

    /** The cluster that makes this mistake. */
    public Parts parts() {
        return parts.get();
    }

    /** The tolerated faults under which the mistake shows soonest. */
    public List<Fault> faults() {
        return faults;
    }

    /**
     * The mutations of that name: {@code all}, or one id.
     *
     * @throws IllegalArgumentException naming what is unknown
     */
    public static List<Mutation> named(String name) {
        if (name.equals("all")) {
            return List.of(values());
        }
        return Arrays.stream(values())
                .filter(mutation -> mutation.id.equals(name))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> new IllegalArgumentException("no mutation '" + name + "'; they are all, or one of "
                        + Arrays.stream(values()).map(Mutation::id).toList()));
    }
}
