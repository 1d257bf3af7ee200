package dev.holdfast.guard.protocol;

import dev.holdfast.core.guard.Lapse;
import dev.holdfast.core.guard.Refusal;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.process.ProcessIdentity;
import java.time.Duration;
import java.util.List;

/** What the guard says: answers to requests, and news that it sends to every connection. */
public sealed interface Reply {

    /** It was not done, and why. */
    record Refused(Refusal reason, String detail) implements Reply {}

    /** It was done. */
    record Done() implements Reply {}

    /**
     * Answer to {@link Request.Hello}.
     *
     * @param version protocol version of the guard
     * @param node name of the node it guards
     * @param machine machine id of the node
     * @param guard the guard's own process
     * @param kind kind of guard, {@value #KIND} for this one
     */
    record Welcome(int version, String node, String machine, ProcessIdentity guard, String kind) implements Reply {
        public static final String KIND = "process";
    }

    /** Armed or fed; {@code left} is the time until the guard expires unless it is fed again. */
    record Fed(Duration left) implements Reply {}

    /** The command runs as this process. */
    record Started(ProcessIdentity process) implements Reply {}

    /** The guest's main process ended thus and everything of the guest is proven dead. */
    record Stopped(Exit exit) implements Reply {}

    record Guests(List<GuestView> guests) implements Reply {
        public Guests {
            guests = List.copyOf(guests);
        }
    }

    /** All of the guest's processes stand still, {@code processes} of them. */
    record Frozen(int processes) implements Reply {}

    record Status(GuardStatus status) implements Reply {}

    /** News, sent to every connection without being asked for. */
    sealed interface News extends Reply {}

    /** The guard expired just now; guests are being killed. */
    record Expiring(Incarnation incarnation, Lapse cause, String detail) implements News {}

    /** Everything that was guarded is proven dead. {@code killed} are the processes it took. */
    record Expired(Incarnation incarnation, Lapse cause, String detail, List<ProcessIdentity> killed)
            implements News {
        public Expired {
            killed = List.copyOf(killed);
        }
    }

    /**
     * A guest's main process ended and everything of the guest is proven dead.
     *
     * @param leftovers how many other processes of the guest had to be killed
     * @param asked whether a stop or an expiry caused it
     */
    record GuestExited(
            String guest, long epoch, Incarnation incarnation, Exit exit, int leftovers, boolean asked)
            implements News {}

    /** A frozen guest runs on; {@code overdue} if the guard did it because nobody else had in time. */
    record Thawed(String guest, boolean overdue) implements News {}
}
