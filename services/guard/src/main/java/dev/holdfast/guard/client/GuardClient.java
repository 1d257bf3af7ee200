package dev.holdfast.guard.client;

import dev.holdfast.core.guard.Refusal;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.Endpoint;
import dev.holdfast.guard.clock.TimeLeft;
import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.protocol.Exit;
import dev.holdfast.guard.protocol.Frames;
import dev.holdfast.guard.protocol.GuardStatus;
import dev.holdfast.guard.protocol.GuestView;
import dev.holdfast.guard.protocol.Reply;
import dev.holdfast.guard.protocol.Request;
import dev.holdfast.guard.protocol.StartOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * A service's line to the guard of its machine. All methods may be called from any thread and wait for the guard's
 * answer; refusals are values. After {@link GuardListener#connectionLost} every call is refused with
 * CONNECTION_LOST: connect again.
 *
 * <p>Several clients may be connected at once. The one that armed is special: the guard takes the end of its
 * connection for the end of the services, and only it may feed, give up and disarm.
 */
public final class GuardClient implements AutoCloseable {

    /** How long ordinary requests wait for an answer. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How long a start, and the killing at the end of a stop, may take before the client stops waiting. */
    public static final Duration LONG_PATIENCE = Duration.ofSeconds(15);

    private final GuardConnection connection;
    private final Reply.Welcome welcome;

    private GuardClient(GuardConnection connection, Reply.Welcome welcome) {
        this.connection = connection;
        this.welcome = welcome;
    }

    /**
     * Connects to the guard that runs with this run folder.
     *
     * @param runFolder the node's run folder
     * @param role who connects, for the guard's log: heartbeat, recovery, replication, node
     * @param listener hears the guard's news
     * @throws IOException if no guard answers there or it speaks another version
     */
    public static GuardClient connect(Path runFolder, String role, GuardListener listener) throws IOException {
        GuardConnection connection = GuardConnection.open(Endpoint.read(runFolder), listener);
        Request hello = new Request.Hello(Frames.VERSION, role, ProcessIdentity.self());
        Answer<Reply.Welcome> answer = await(connection.ask(hello, Reply.Welcome.class), PATIENCE);
        return switch (answer) {
            case Answer.Given<Reply.Welcome> given -> new GuardClient(connection, given.value());
            case Answer.Refused<Reply.Welcome> refused -> {
                connection.close();
                throw new IOException("the guard refused the connection: " + refused.detail());
            }
        };
    }

    /** Who the guard is: its node, machine, process and kind. */
    public Reply.Welcome guard() {
        return welcome;
    }

    /**
     * Arms the guard for an incarnation newer than every earlier one and feeds it for the first time. From now on it
     * must be fed, and the end of this connection is a lapse.
     *
     * @param lease what is left of the granted lease; more than {@code wd}
     * @param wd watchdog timeout, 100 ms to 60 s
     * @return the time left until the guard would expire; refused with NOT_NEWER, ALREADY_ARMED, GUESTS_ALIVE (try
     *     again: deaths are still being verified), LEASE_TOO_SHORT, GUARD_ENDING, INVALID
     */
    public Answer<Duration> arm(Incarnation incarnation, TimeLeft lease, Duration wd) {
        return map(ask(new Request.Arm(incarnation, lease, wd), Reply.Fed.class), Reply.Fed::left);
    }

    /**
     * Feeds the guard.
     *
     * @return the time left until the guard would expire; refused with NOT_ARMED, EXPIRED, OTHER_INCARNATION,
     *     LEASE_TOO_SHORT, RECOVERY_SILENT, NOT_THE_ARMING_CONNECTION. A refusal changes nothing: the deadline of
     *     the last accepted feed stands
     */
    public Answer<Duration> feed(Incarnation incarnation, TimeLeft lease, Duration wd) {
        return map(ask(new Request.Feed(incarnation, lease, wd), Reply.Fed.class), Reply.Fed::left);
    }

    /** Recovery says that it can carry out commands; due at least every 3 WD, or feeds are refused. */
    public Answer<Reply.Done> checkIn(Incarnation incarnation) {
        return ask(new Request.CheckIn(incarnation), Reply.Done.class);
    }

    /** Expires at once, because the services know that their lease is gone. */
    public Answer<Reply.Done> giveUp(Incarnation incarnation, String why) {
        return ask(new Request.GiveUp(incarnation, why), Reply.Done.class);
    }

    /** Says, after an expiry, that the services live and will come back as a newer incarnation. */
    public Answer<Reply.Done> acknowledge(Incarnation expired) {
        return ask(new Request.Acknowledge(expired), Reply.Done.class);
    }

    /** The clean end: refused with GUESTS_ALIVE while there are guests. */
    public Answer<Reply.Done> disarm(Incarnation incarnation) {
        return ask(new Request.Disarm(incarnation), Reply.Done.class);
    }

    /**
     * Starts a guest.
     *
     * @return its main process; refused with NOT_ARMED, EXPIRED, OTHER_INCARNATION, ALREADY_RUNNING, INVALID,
     *     LAUNCH_FAILED. After NO_ANSWER or CONNECTION_LOST the guest may run or not: list to know
     */
    public Answer<ProcessIdentity> start(StartOrder order) {
        return map(
                await(connection.ask(new Request.Start(order), Reply.Started.class), LONG_PATIENCE),
                Reply.Started::process);
    }

    /**
     * Stops a guest: SIGTERM to its main process, SIGKILL to all of it after {@code grace}. Answers when every
     * process of it is proven dead.
     *
     * @param grace zero to 1 h; zero kills at once
     * @return how the main process ended; refused with NO_SUCH_GUEST, OTHER_EPOCH, INVALID
     */
    public Answer<Exit> stop(String guest, long epoch, Duration grace) {
        return map(
                await(
                        connection.ask(new Request.Stop(guest, epoch, grace), Reply.Stopped.class),
                        grace.plus(LONG_PATIENCE)),
                Reply.Stopped::exit);
    }

    /** Every guest whose death is not proven yet. */
    public Answer<List<GuestView>> list() {
        return map(ask(new Request.ListGuests(), Reply.Guests.class), Reply.Guests::guests);
    }

    /**
     * Brings all processes of a guest to a stand. The guard lets them run on by itself when the time is up.
     *
     * @param atMost 1 ms to 2 s
     * @return how many processes stand; refused with NO_SUCH_GUEST, NOT_RUNNING, TOOK_TOO_LONG, INVALID
     */
    public Answer<Integer> freeze(String guest, Duration atMost) {
        return map(
                await(connection.ask(new Request.Freeze(guest, atMost), Reply.Frozen.class), atMost.plus(PATIENCE)),
                Reply.Frozen::processes);
    }

    /** Lets a frozen guest run on; refused with NOT_RUNNING if it is not frozen (any more). */
    public Answer<Reply.Done> thaw(String guest) {
        return ask(new Request.Thaw(guest), Reply.Done.class);
    }

    /** Names a process that must die together with the guests, until {@link #removeHelper}; at most 64. */
    public Answer<Reply.Done> addHelper(ProcessIdentity process) {
        return ask(new Request.AddHelper(process), Reply.Done.class);
    }

    public Answer<Reply.Done> removeHelper(ProcessIdentity process) {
        return ask(new Request.RemoveHelper(process), Reply.Done.class);
    }

    public Answer<GuardStatus> status() {
        return map(ask(new Request.AskStatus(), Reply.Status.class), Reply.Status::status);
    }

    /** Ends the connection; a lapse if this client armed and did not disarm. */
    @Override
    public void close() {
        connection.close();
    }

    private <T extends Reply> Answer<T> ask(Request request, Class<T> expected) {
        return await(connection.ask(request, expected), PATIENCE);
    }

    private static <T> Answer<T> await(CompletableFuture<Answer<T>> pending, Duration patience) {
        try {
            return pending.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return new Answer.Refused<>(Refusal.NO_ANSWER, "the guard did not answer within " + patience);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Answer.Refused<>(Refusal.NO_ANSWER, "interrupted while waiting for the guard");
        } catch (ExecutionException impossible) {
            throw new CompletionException(impossible.getCause());
        }
    }

    private static <A, B> Answer<B> map(Answer<A> answer, Function<A, B> conversion) {
        return switch (answer) {
            case Answer.Given<A> given -> new Answer.Given<>(conversion.apply(given.value()));
            case Answer.Refused<A> refused -> new Answer.Refused<>(refused.reason(), refused.detail());
        };
    }
}
