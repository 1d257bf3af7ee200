package dev.holdfast.guard.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.guard.Lapse;
import dev.holdfast.core.guard.Refusal;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.clock.ClockReading;
import dev.holdfast.guard.clock.TimeLeft;
import dev.holdfast.guard.process.ProcessIdentity;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FramesTest {

    private static final Incarnation INCARNATION = new Incarnation(3, 7);
    private static final ProcessIdentity PROCESS = new ProcessIdentity(4711, 123_456_789_012L);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final TimeLeft LEFT = new TimeLeft(new ClockReading(1L << 40, 1L << 39), Duration.ofMillis(-5));
    private static final StartOrder ORDER = new StartOrder(
            "db", 9, INCARNATION, List.of("/bin/x", "", "zwölf"), Map.of("A", "b=c"), Path.of("/d"), Path.of("/l/g.log"));

    static List<Request> requests() {
        return List.of(
                new Request.Hello(1, "recovery", PROCESS),
                new Request.Arm(INCARNATION, LEFT, SECOND),
                new Request.Feed(INCARNATION, LEFT, SECOND),
                new Request.CheckIn(INCARNATION),
                new Request.GiveUp(INCARNATION, "lapsed"),
                new Request.Acknowledge(INCARNATION),
                new Request.Disarm(INCARNATION),
                new Request.Start(ORDER),
                new Request.Stop("db", 9, SECOND),
                new Request.ListGuests(),
                new Request.Freeze("db", SECOND),
                new Request.Thaw("db"),
                new Request.AddHelper(PROCESS),
                new Request.RemoveHelper(PROCESS),
                new Request.AskStatus());
    }

    static List<Reply> replies() {
        Exit exit = new Exit(-1, 9);
        GuestView starting = new GuestView(
                "db", 9, INCARNATION, GuestView.Phase.STARTING, null, List.of(), Duration.ofNanos(1));
        GuestView running = new GuestView(
                "web", 9, INCARNATION, GuestView.Phase.RUNNING, PROCESS, List.of(PROCESS), SECOND);
        return List.of(
                new Reply.Refused(Refusal.NO_ANSWER, "why"),
                new Reply.Done(),
                new Reply.Welcome(1, "a", "m", PROCESS, Reply.Welcome.KIND),
                new Reply.Fed(SECOND),
                new Reply.Started(PROCESS),
                new Reply.Stopped(exit),
                new Reply.Guests(List.of(starting, running)),
                new Reply.Frozen(12),
                new Reply.Status(new GuardStatus(
                        GuardStatus.State.EXPIRED, INCARNATION, SECOND, SECOND, 2, true, "why")),
                new Reply.Status(
                        new GuardStatus(GuardStatus.State.UNARMED, null, SECOND, SECOND, 0, false, null)),
                new Reply.Expiring(INCARNATION, Lapse.NOT_FED, "why"),
                new Reply.Expired(INCARNATION, Lapse.GUARD_ENDING, "why", List.of(PROCESS, PROCESS)),
                new Reply.GuestExited("db", 9, INCARNATION, exit, 3, true),
                new Reply.Thawed("db", true));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestArrivesAsItWasSent(Request request) throws Exception {
        ByteBuffer body = bodyOf(Frames.frame(42, request), Frames.REQUEST_LIMIT_BYTES);

        assertThat(body.getLong()).isEqualTo(42);
        assertThat(Frames.request(body)).isEqualTo(request);
        assertThat(body.hasRemaining()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("replies")
    void aReplyArrivesAsItWasSent(Reply reply) throws Exception {
        ByteBuffer body = bodyOf(Frames.frame(Frames.NEWS, reply), Frames.REPLY_LIMIT_BYTES);

        assertThat(body.getLong()).isEqualTo(Frames.NEWS);
        assertThat(Frames.reply(body)).isEqualTo(reply);
        assertThat(body.hasRemaining()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aTruncatedRequestIsMalformed(Request request) {
        ByteBuffer frame = Frames.frame(1, request);
        for (int end = Frames.LENGTH_BYTES + Long.BYTES; end < frame.limit(); end++) {
            ByteBuffer cut = frame.slice(Frames.LENGTH_BYTES + Long.BYTES, end - Frames.LENGTH_BYTES - Long.BYTES);

            assertThatThrownBy(() -> Frames.request(cut)).isInstanceOf(MalformedFrame.class);
        }
    }

    @Test
    void garbageIsMalformedOrARequestButNeverAnythingElse() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] garbage = new byte[random.nextInt(64)];
            random.nextBytes(garbage);
            try {
                assertThat(Frames.request(ByteBuffer.wrap(garbage))).isNotNull();
            } catch (MalformedFrame refused) {
                assertThat(refused).hasMessageStartingWith("malformed frame");
            }
        }
    }

    @Test
    void aLengthThatNoFrameHasIsMalformed() {
        for (int length : new int[] {-1, 0, Long.BYTES, Frames.REQUEST_LIMIT_BYTES, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> Frames.checkedLength(length, Frames.REQUEST_LIMIT_BYTES))
                    .isInstanceOf(MalformedFrame.class);
        }
    }

    private static ByteBuffer bodyOf(ByteBuffer frame, int limitBytes) throws MalformedFrame {
        int length = Frames.checkedLength(frame.getInt(), limitBytes);
        assertThat(length).isEqualTo(frame.remaining());
        return frame;
    }
}
