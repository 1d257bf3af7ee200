package dev.holdfast.simulator.fault;

import java.util.Arrays;
import java.util.List;

/** Everything that can be made to go wrong, or be asked for at the wrong moment. */
public enum Fault {
    SLOW_LOG("slow-log", true, "records of a node reach the log seconds late, in order"),
    LOST_APPENDS("lost-appends", true, "some records of a node never reach the log"),
    SLOW_ACKS("slow-acks", true, "acknowledgements reach a node seconds late"),
    LOST_ACKS("lost-acks", true, "the log takes records of a node, which never hears of it"),
    PAUSE("pause", true, "a node's services stand still between a check and its act, or right after a first beat"),
    AGENT_CRASH("agent-crash", true, "a node's services die and come back within the boot"),
    STATE_LOST("state-lost", true, "a node's incarnation file is deleted, then its services die"),
    GUARD_DEATH("guard-death", true, "a node's guard dies, and its guests with it"),
    CUT_OUT("cut-out", true, "nothing of a node reaches the log; it still reads"),
    CUT_IN("cut-in", true, "a node hears nothing of the log, which still takes what it writes"),
    CUT_OFF("cut-off", true, "a node and the log are cut off from each other"),
    PEER_CUT("peer-cut", true, "two nodes cannot replicate to each other"),
    POWER_LOSS("power-loss", true, "a node loses power and comes back later"),
    POWER_LOSS_MANY("power-loss-many", true, "several nodes lose power at once"),
    OUTAGE("outage", true, "the whole cluster loses power and comes back in any order"),
    STALL("stall", true, "the log takes and gives nothing for a while"),
    DECIDER_KILLED("decider-killed", true, "the decision maker dies at any step; another one goes on from the changelog"),
    DECIDER_LAG("decider-lag", true, "the decision maker reads late"),
    CONSUMER_LAG("consumer-lag", true, "a node reads its orders late"),
    RE_READ("re-read", true, "a node reads old orders again"),
    DRIFT("drift", true, "a node's clock changes its rate, within rho"),
    SUSPEND("suspend", true, "a machine is suspended and comes back before its lease and watchdog are over"),
    START_HANGS("start-hangs", true, "a node's next start takes seconds"),
    STOP_HANGS("stop-hangs", true, "a guest does not end when it is told to, but long after"),
    START_FAILS("start-fails", true, "a node's next starts fail half-way"),
    GUEST_CRASH("guest-crash", true, "a guest ends by itself"),
    GUEST_SILENT("guest-silent", true, "a guest runs and does not answer"),
    REPLICATION_FAILS("replication-fails", true, "increments to a node fail"),
    REPLICATION_LAGS("replication-lags", true, "increments arrive seconds late, perhaps after a promotion"),
    POOL("pool", true, "a node's pool is degraded, full, faulted or unreadable for a while"),
    PROMOTION_CUT("promotion-cut", true, "a promotion ends half-way"),
    COMMAND("command", true, "somebody asks for something at the worst moment"),
    SETTINGS("settings", true, "timing is changed while nodes run the old one, or is asked for and refused"),
    NODE_STOPPED("node-stopped", true, "a node is stopped in an orderly way, and started later"),
    REPLACED("replaced", true, "a machine is lost for good, and another one with an empty disk takes its node's place"),
    LOG_GAP("log-gap", true, "records of the heartbeat log are lost before they were read; the offsets show it"),
    LOG_TRUNCATED("log-truncated", true, "the heartbeat log is cut back behind what was read"),
    CLOCK_WRONG("clock-wrong", false, "a node's clock runs slower or faster than rho allows"),
    WATCHDOG_LATE("watchdog-late", false, "a guard kills later than the margin allows"),
    LOST_UNSEEN("lost-unseen", false, "acknowledged records vanish from the heartbeat log without a trace"),
    FROZEN("frozen", false, "guard and guests stand still together and go on after the node was fenced");

    private final String id;
    private final boolean assumed;
    private final String sentence;

    Fault(String id, boolean assumed, String sentence) {
        this.id = id;
        this.assumed = assumed;
        this.sentence = sentence;
    }

    /** Its name on the command line and in results. */
    public String id() {
        return id;
    }

    /** Whether the protocol tolerates it. */
    public boolean isAssumed() {
        return assumed;
    }

    public String sentence() {
        return sentence;
    }

    /** What the protocol tolerates. */
    public static List<Fault> assumed() {
        return Arrays.stream(values()).filter(Fault::isAssumed).toList();
    }

    /** Everything, also what no protocol on these clocks and this log can survive. */
    public static List<Fault> beyond() {
        return List.of(values());
    }

    /**
     * The faults of that name: {@code assumed}, {@code beyond}, or a list of ids.
     *
     * @throws IllegalArgumentException naming what is unknown
     */
    public static List<Fault> named(String names) {
        return switch (names) {
            case "assumed" -> assumed();
            case "beyond" -> beyond();
            default -> Arrays.stream(names.split(",")).map(String::strip).map(Fault::ofId).toList();
        };
    }

    private static Fault ofId(String id) {
        return Arrays.stream(values())
                .filter(fault -> fault.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fault '" + id
                        + "'; they are assumed, beyond, or some of " + Arrays.stream(values()).map(Fault::id).toList()));
    }
}
