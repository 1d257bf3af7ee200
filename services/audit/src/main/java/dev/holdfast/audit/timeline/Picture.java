package dev.holdfast.audit.timeline;

import dev.holdfast.audit.timeline.Lanes.Lane;
import dev.holdfast.audit.timeline.Lanes.Mark;
import dev.holdfast.audit.timeline.Lanes.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Lanes as a picture: one SVG file that needs nothing else, or a page with it and the list of decisions. */
public final class Picture {

    private static final int WIDTH = 1_200;
    private static final int LEFT = 130;
    private static final int RIGHT = 24;
    private static final int TOP = 64;
    private static final int LANE = 38;
    private static final int BAR = 22;
    private static final double TEXT = 6.4;
    private static final int TICKS = 8;
    private static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10),
            Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(5),
            Duration.ofMinutes(10), Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(2),
            Duration.ofHours(6), Duration.ofHours(12), Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(30));

    private final Lanes lanes;
    private final String title;
    private final ZoneId zone;
    private final double spanMillis;
    private final StringBuilder out = new StringBuilder();

    private Picture(Lanes lanes, String title, ZoneId zone) {
        this.lanes = lanes;
        this.title = title;
        this.zone = zone;
        this.spanMillis = Math.max(1, Duration.between(lanes.from(), lanes.to()).toMillis());
    }

    /** As SVG. */
    public static String svg(Lanes lanes, String title, ZoneId zone) {
        return new Picture(lanes, title, zone).svg();
    }

    /** As a page for a browser or a printer. */
    public static String html(Lanes lanes, String title, ZoneId zone) {
        return new Picture(lanes, title, zone).html();
    }

    private String svg() {
        int height = TOP + LANE * lanes.lanes().size() + 46;
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(WIDTH).append(' ').append(height)
                .append("\" width=\"").append(WIDTH).append("\" height=\"").append(height)
                .append("\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n")
                .append("<style>.WELL{fill:#2e7d32}.UNCERTAIN{fill:#f9a825}.DOWN{fill:#c62828}.OFF{fill:#b0bec5}")
                .append(".in{fill:#fff}.UNCERTAINin,.OFFin{fill:#222}.axis{stroke:#ccc}.mark{stroke:#222;stroke-width:1}")
                .append("</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        text(LEFT, 22, title, "font-size=\"16\" font-weight=\"600\"");
        axis(height);
        int y = TOP;
        for (Lane lane : lanes.lanes()) {
            lane(lane, y);
            y += LANE;
        }
        legend(height - 14);
        return out.append("</svg>\n").toString();
    }

    private void axis(int height) {
        Duration step = step();
        long first = Math.floorDiv(lanes.from().toEpochMilli(), step.toMillis()) * step.toMillis();
        DateTimeFormatter format = DateTimeFormatter.ofPattern(
                step.toDays() >= 1 ? "d MMM" : step.toMinutes() >= 1 ? "HH:mm" : "HH:mm:ss", Locale.ROOT).withZone(zone);
        for (long at = first; at <= lanes.to().toEpochMilli(); at += step.toMillis()) {
            Instant instant = Instant.ofEpochMilli(at);
            if (!instant.isBefore(lanes.from())) {
                double x = x(instant);
                out.append(line(x, TOP - 12, x, height - 40, "axis"));
                text(x + 3, TOP - 14, format.format(instant), "fill=\"#555\"");
            }
        }
    }

    private Duration step() {
        for (Duration step : STEPS) {
            if (spanMillis / step.toMillis() <= TICKS) {
                return step;
            }
        }
        return STEPS.getLast();
    }

    private void lane(Lane lane, int y) {
        text(8, y + 16, lane.name(), "font-weight=\"600\"");
        text(8, y + 29, lane.guest() ? "guest" : "node", "fill=\"#777\" font-size=\"10\"");
        for (Span span : lane.spans()) {
            double from = x(span.from());
            double width = Math.max(1, x(span.to()) - from);
            out.append("<rect class=\"").append(span.kind()).append("\" x=\"").append(number(from)).append("\" y=\"")
                    .append(y).append("\" width=\"").append(number(width)).append("\" height=\"").append(BAR)
                    .append("\"><title>").append(escaped(lane.name() + ": " + span.says() + ", " + time(span.from())
                            + " to " + time(span.to()))).append("</title></rect>\n");
            if (width > TEXT * span.says().length() + 8) {
                out.append("<text class=\"in ").append(span.kind()).append("in\" x=\"").append(number(from + 5))
                        .append("\" y=\"").append(y + 15).append("\">").append(escaped(span.says())).append("</text>\n");
            }
        }
        for (Mark mark : lanes.marks()) {
            if (mark.entity().equals(lane.name())) {
                double x = x(mark.at());
                out.append("<g>").append(line(x, y + BAR, x, y + BAR + 8, "mark")).append("<title>")
                        .append(escaped(time(mark.at()) + " " + mark.summary())).append("</title></g>\n");
            }
        }
    }

    private void legend(int y) {
        String[][] entries = {
            {"WELL", "beats, answers"}, {"UNCERTAIN", "suspect, on its way"}, {"DOWN", "fenced, lapsed, down"},
            {"OFF", "stopped, not there"}};
        double x = LEFT;
        for (String[] entry : entries) {
            out.append("<rect class=\"").append(entry[0]).append("\" x=\"").append(number(x)).append("\" y=\"")
                    .append(y - 10).append("\" width=\"12\" height=\"12\"/>");
            text(x + 17, y, entry[1], "fill=\"#333\"");
            x += 50 + TEXT * entry[1].length();
        }
    }

    private String html() {
        StringBuilder page = new StringBuilder();
        page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>").append(escaped(title))
                .append("</title>\n<style>body{font:14px system-ui,sans-serif;margin:24px;color:#222}svg{max-width:100%;")
                .append("height:auto}table{border-collapse:collapse;margin-top:16px}td,th{padding:3px 10px 3px 0;")
                .append("text-align:left;vertical-align:top;border-bottom:1px solid #ddd}td:first-child,td:nth-child(3){white-space:nowrap}")
                .append("</style></head><body>\n").append(svg()).append("<table>\n<tr><th>time</th><th>decision</th>")
                .append("<th>about</th><th>rule</th><th>what</th></tr>\n");
        for (Mark mark : lanes.marks()) {
            page.append("<tr><td>").append(time(mark.at())).append("</td><td>").append(mark.sequence()).append("</td><td>")
                    .append(escaped(mark.entity())).append("</td><td>").append(mark.rule()).append("</td><td>")
                    .append(escaped(mark.summary())).append("</td></tr>\n");
        }
        return page.append("</table></body></html>\n").toString();
    }

    private double x(Instant at) {
        double share = Duration.between(lanes.from(), at).toMillis() / spanMillis;
        return LEFT + Math.clamp(share, 0, 1) * (WIDTH - LEFT - RIGHT);
    }

    private void text(double x, double y, String text, String attributes) {
        out.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y)).append("\" ").append(attributes)
                .append('>').append(escaped(text)).append("</text>\n");
    }

    private static String line(double x1, double y1, double x2, double y2, String kind) {
        return "<line class=\"" + kind + "\" x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" + number(x2)
                + "\" y2=\"" + number(y2) + "\"/>\n";
    }

    private String time(Instant at) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").format(at.atZone(zone));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
