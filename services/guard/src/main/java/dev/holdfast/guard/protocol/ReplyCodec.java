package dev.holdfast.guard.protocol;

import dev.holdfast.core.guard.Lapse;
import dev.holdfast.core.guard.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Replies and news as bytes. A tag is never used again for something else. */
final class ReplyCodec {

    private ReplyCodec() {}

    static void write(Reply reply, WireOut out) {
        switch (reply) {
            case Reply.Refused refused -> out.tag(1).tag(refused.reason().ordinal()).text(refused.detail());
            case Reply.Done _ -> out.tag(2);
            case Reply.Welcome welcome ->
                out.tag(3)
                        .number(welcome.version())
                        .text(welcome.node())
                        .text(welcome.machine())
                        .process(welcome.guard())
                        .text(welcome.kind());
            case Reply.Fed fed -> out.tag(4).duration(fed.left());
            case Reply.Started started -> out.tag(5).process(started.process());
            case Reply.Stopped stopped -> out.tag(6).exit(stopped.exit());
            case Reply.Guests guests -> writeGuests(guests.guests(), out.tag(7));
            case Reply.Frozen frozen -> out.tag(8).number(frozen.processes());
            case Reply.Status status -> writeStatus(status.status(), out.tag(9));
            case Reply.Expiring expiring ->
                out.tag(10)
                        .incarnation(expiring.incarnation())
                        .tag(expiring.cause().ordinal())
                        .text(expiring.detail());
            case Reply.Expired expired ->
                out.tag(11)
                        .incarnation(expired.incarnation())
                        .tag(expired.cause().ordinal())
                        .text(expired.detail())
                        .processes(expired.killed());
            case Reply.GuestExited exited ->
                out.tag(12)
                        .text(exited.guest())
                        .number(exited.epoch())
                        .incarnation(exited.incarnation())
                        .exit(exited.exit())
                        .number(exited.leftovers())
                        .flag(exited.asked());
            case Reply.Thawed thawed -> out.tag(13).text(thawed.guest()).flag(thawed.overdue());
        }
    }

    static Reply read(WireIn in) {
        int tag = in.tag();
        return switch (tag) {
            case 1 -> new Reply.Refused(in.constant(Refusal.values()), in.text());
            case 2 -> new Reply.Done();
            case 3 -> new Reply.Welcome(in.number(), in.text(), in.text(), in.process(), in.text());
            case 4 -> new Reply.Fed(in.duration());
            case 5 -> new Reply.Started(in.process());
            case 6 -> new Reply.Stopped(in.exit());
            case 7 -> new Reply.Guests(readGuests(in));
            case 8 -> new Reply.Frozen(in.number());
            case 9 -> new Reply.Status(readStatus(in));
            case 10 -> new Reply.Expiring(in.incarnation(), in.constant(Lapse.values()), in.text());
            case 11 ->
                new Reply.Expired(in.incarnation(), in.constant(Lapse.values()), in.text(), in.processes());
            case 12 ->
                new Reply.GuestExited(
                        in.text(), in.longNumber(), in.incarnation(), in.exit(), in.number(), in.flag());
            case 13 -> new Reply.Thawed(in.text(), in.flag());
            default -> throw new IllegalArgumentException("unknown reply " + tag);
        };
    }

    private static void writeGuests(List<GuestView> guests, WireOut out) {
        out.number(guests.size());
        for (GuestView guest : guests) {
            out.text(guest.guest())
                    .number(guest.epoch())
                    .incarnation(guest.incarnation())
                    .tag(guest.phase().ordinal())
                    .processOrNull(guest.main())
                    .processes(guest.processes())
                    .duration(guest.age());
        }
    }

    private static List<GuestView> readGuests(WireIn in) {
        List<GuestView> guests = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            guests.add(new GuestView(
                    in.text(),
                    in.longNumber(),
                    in.incarnation(),
                    in.constant(GuestView.Phase.values()),
                    in.processOrNull(),
                    in.processes(),
                    in.duration()));
        }
        return guests;
    }

    private static void writeStatus(GuardStatus status, WireOut out) {
        out.tag(status.state().ordinal())
                .incarnationOrNull(status.incarnation())
                .duration(status.left())
                .duration(status.sinceCheckIn())
                .number(status.guests())
                .flag(status.parentDeathSignal())
                .textOrNull(status.lastExpiry());
    }

    private static GuardStatus readStatus(WireIn in) {
        return new GuardStatus(
                in.constant(GuardStatus.State.values()),
                in.incarnationOrNull(),
                in.duration(),
                in.duration(),
                in.number(),
                in.flag(),
                in.textOrNull());
    }
}
