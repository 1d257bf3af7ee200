package dev.holdfast.guard.protocol;

import java.nio.file.Path;

/** Requests as bytes. A tag is never used again for something else. */
final class RequestCodec {

    private RequestCodec() {}

    static void write(Request request, WireOut out) {
        switch (request) {
            case Request.Hello hello ->
                out.tag(1).number(hello.version()).text(hello.role()).process(hello.process());
            case Request.Arm arm ->
                out.tag(2).incarnation(arm.incarnation()).timeLeft(arm.lease()).duration(arm.wd());
            case Request.Feed feed ->
                out.tag(3).incarnation(feed.incarnation()).timeLeft(feed.lease()).duration(feed.wd());
            case Request.CheckIn checkIn -> out.tag(4).incarnation(checkIn.incarnation());
            case Request.GiveUp giveUp -> out.tag(5).incarnation(giveUp.incarnation()).text(giveUp.why());
            case Request.Acknowledge acknowledge -> out.tag(6).incarnation(acknowledge.incarnation());
            case Request.Disarm disarm -> out.tag(7).incarnation(disarm.incarnation());
            case Request.Start start -> writeOrder(start.order(), out.tag(8));
            case Request.Stop stop ->
                out.tag(9).text(stop.guest()).number(stop.epoch()).duration(stop.grace());
            case Request.ListGuests _ -> out.tag(10);
            case Request.Freeze freeze -> out.tag(11).text(freeze.guest()).duration(freeze.atMost());
            case Request.Thaw thaw -> out.tag(12).text(thaw.guest());
            case Request.AddHelper helper -> out.tag(13).process(helper.process());
            case Request.RemoveHelper helper -> out.tag(14).process(helper.process());
            case Request.AskStatus _ -> out.tag(15);
        }
    }

    static Request read(WireIn in) {
        int tag = in.tag();
        return switch (tag) {
            case 1 -> new Request.Hello(in.number(), in.text(), in.process());
            case 2 -> new Request.Arm(in.incarnation(), in.timeLeft(), in.duration());
            case 3 -> new Request.Feed(in.incarnation(), in.timeLeft(), in.duration());
            case 4 -> new Request.CheckIn(in.incarnation());
            case 5 -> new Request.GiveUp(in.incarnation(), in.text());
            case 6 -> new Request.Acknowledge(in.incarnation());
            case 7 -> new Request.Disarm(in.incarnation());
            case 8 -> new Request.Start(readOrder(in));
            case 9 -> new Request.Stop(in.text(), in.longNumber(), in.duration());
            case 10 -> new Request.ListGuests();
            case 11 -> new Request.Freeze(in.text(), in.duration());
            case 12 -> new Request.Thaw(in.text());
            case 13 -> new Request.AddHelper(in.process());
            case 14 -> new Request.RemoveHelper(in.process());
            case 15 -> new Request.AskStatus();
            default -> throw new IllegalArgumentException("unknown request " + tag);
        };
    }

    private static void writeOrder(StartOrder order, WireOut out) {
        out.text(order.guest())
                .number(order.epoch())
                .incarnation(order.incarnation())
                .texts(order.command())
                .texts(order.environment())
                .text(order.directory().toString())
                .text(order.log().toString());
    }

    private static StartOrder readOrder(WireIn in) {
        return new StartOrder(
                in.text(),
                in.longNumber(),
                in.incarnation(),
                in.texts(),
                in.textMap(),
                Path.of(in.text()),
                Path.of(in.text()));
    }
}
