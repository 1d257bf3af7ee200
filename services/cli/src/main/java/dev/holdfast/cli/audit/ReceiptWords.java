package dev.holdfast.cli.audit;

import dev.holdfast.audit.receipt.Receipt;
import dev.holdfast.audit.receipt.Receipt.Kind;
import dev.holdfast.audit.receipt.Receipt.Step;
import dev.holdfast.cli.output.Size;
import dev.holdfast.cli.output.Span;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.node.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What a receipt says, in words for whoever was not there. Used by its text and its page alike. */
final class ReceiptWords {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ENGLISH);

    private final ZoneId zone;

    /** @param zone of the reader: times are for people */
    ReceiptWords(ZoneId zone) {
        this.zone = zone;
    }

    String day(Instant at) {
        return DAY.format(at.atZone(zone));
    }

    /** Time of day to the millisecond; a dash for null. */
    String time(Instant at) {
        return at == null ? "-" : TIME.format(at.atZone(zone));
    }

    /** Day and time to the second. */
    String second(Instant at) {
        return MINUTE.format(at.atZone(zone));
    }

    /** Where the times of day are from, for example {@code Europe/Berlin, UTC+01:00}. */
    String zone(Instant at) {
        String offset = zone.getRules().getOffset(at).getId().replace("Z", "");
        return zone.getId().equals("UTC") || zone.getId().equals("Z") || zone.getId().equals("Etc/UTC")
                ? "UTC"
                : zone.getId() + ", UTC" + offset;
    }

    static String kind(Kind kind) {
        return switch (kind) {
            case FAILOVER -> "failover";
            case MOVE -> "orderly move";
            case RESTART -> "restart";
        };
    }

    /** {@code failover from a to b}. */
    static String way(Receipt receipt) {
        String from = receipt.from() == null ? null : receipt.from().node();
        return kind(receipt.kind()) + (receipt.to().node().equals(from)
                ? " on " + from
                : " from " + (from == null ? "an unknown node" : from) + " to " + receipt.to().node());
    }

    /** {@code node a, life 1.1, epoch 3}. */
    static String runner(Runner runner) {
        return runner == null
                ? "unknown: the journal that is kept begins later"
                : "node " + runner.node() + ", life " + runner.incarnation() + ", epoch " + runner.epoch();
    }

    static String step(Step step) {
        return switch (step) {
            case SUSPECTED -> "suspected";
            case FENCED -> "fenced";
            case RULED_OUT -> "ruled out";
            case STOPPED -> "stopped";
            case HANDED_OVER -> "handed over";
            case PROMOTED -> "promoted";
            case STARTED -> "started";
            case ANSWERED -> "answers";
        };
    }

    /** What had happened when the phase ended. */
    static String meaning(Receipt receipt, Step step) {
        String from = receipt.from() == null ? "its node" : "node " + receipt.from().node();
        String to = "node " + receipt.to().node();
        return switch (step) {
            case SUSPECTED -> "the others noticed that " + from + " was silent";
            case FENCED -> "it was proven that nothing could run on " + from + " any more";
            case RULED_OUT -> "it was certain that it did not run on " + from + " any more";
            case STOPPED -> receipt.kind() == Kind.MOVE ? "it was stopped in order on " + from : "it had ended on " + from;
            case HANDED_OVER -> "its last changes had arrived on " + to;
            case PROMOTED -> "the copy on " + to + " became its live data";
            case STARTED -> "its process ran on " + to;
            case ANSWERED -> "its service answered on " + to;
        };
    }

    /** The data-loss window, large. */
    static String loss(Receipt receipt) {
        return receipt.loss().isNothing()
                ? "none"
                : receipt.loss().window() == null ? "unknown" : Span.of(receipt.loss().window());
    }

    /** What the two columns of times are. */
    static String clocks() {
        return "After is log time: what the nodes have proven to each other to have passed, by which all is decided. Times of "
                + "day are by the clock of whoever wrote the record, for people, and decide nothing.";
    }

    /** What the data-loss window means. */
    static String lossMeans(Receipt receipt) {
        Receipt.Loss loss = receipt.loss();
        if (loss.isNothing()) {
            return loss.snapshot() == null
                    ? "Nothing was lost: it went on with its own, newest data."
                    : "Nothing was lost: the copy that was promoted was made after it had been stopped.";
        }
        String promise = " It is copied every " + Span.of(loss.interval())
                + (loss.limit() == null
                        ? "; no limit is set beyond which a person would be asked."
                        : "; beyond " + Span.of(loss.limit()) + " a person would have been asked.");
        return loss.window() == null
                ? "How much was lost cannot be known: the clock of the node it ran on began anew in between." + promise
                : "At most what was written in the last " + Span.of(loss.window()) + " before the outage is lost." + promise;
    }

    /** What became of the data that had not left the node. */
    String kept(Receipt receipt) {
        Receipt.Kept kept = receipt.kept();
        if (kept == null) {
            return receipt.kind() == Kind.FAILOVER && !receipt.loss().isNothing() && receipt.from() != null
                    ? "Node " + receipt.from().node() + " was not back yet when this was written: what it holds of its own is still to come."
                    : null;
        }
        return "Node " + kept.node() + " came back and " + (kept.aside().isEmpty()
                ? "held nothing that was not copied before."
                : "kept what had not left it as '" + kept.aside() + "', " + Size.of(kept.bytes()) + " ("
                        + second(kept.line().at()) + ").");
    }

    /** The rule in words. */
    static String rule(Receipt receipt) {
        return rule(receipt.proof().rule());
    }

    static String rule(Rule rule) {
        return switch (rule) {
            case R1_INCARNATION -> "a newer life of its node ends the older one";
            case R6_SILENCE -> "two other nodes proved that its node was silent for longer than anything may run there";
            case R7_IGNORED -> "a life that was fenced or succeeded is ignored for ever";
            case R8_POSSIBLE_RUNNERS -> "it is started only when nothing else can be running it";
            case R10_FREEZE -> "the log was in doubt";
            case R11_PROMOTION -> "a volume changes hands only for one guest, epoch and life of a node";
            case POWER_OFF -> "its node was confirmed to be without power";
            case SUSPECT -> "its node was silent while the others went on";
            case OWN_REPORT -> "its node said so itself";
            case MAJORITY -> "more than half of the nodes must be live for decisions";
            case COLD_START -> "the whole cluster had been down";
            case PLACEMENT -> "where a guest goes";
            case POOL -> "the pool of its node was not fit for it any more";
            case RESTART_POLICY -> "what follows a failure, by the guest's specification";
            case RETENTION -> "what diverged is kept for so long and no longer";
            case OPERATOR -> "a person asked for it";
            case PROBE -> "its service did not answer";
        };
    }

    /** The settings that T comes from. */
    static String timing(Receipt receipt) {
        Timing timing = receipt.settings().timing();
        return "settings v" + receipt.settings().version() + ", profile " + timing.profile() + ": lease "
                + Span.of(timing.lease()) + ", watchdog " + Span.of(timing.wd()) + ", margin " + Span.of(timing.margin());
    }

    /** Log time to the millisecond; what was decided before the outage began has none. */
    static String after(Duration after) {
        return after == null ? "before" : "%d.%03d s".formatted(after.toSeconds(), after.toMillisPart());
    }

    /** Whose doing it was; null if it was nobody's. */
    String asked(Receipt receipt) {
        if (receipt.asked() == null) {
            return null;
        }
        return (receipt.isDrill() ? "A drill, asked for by " : "Asked for by ") + receipt.asked().who() + " at "
                + second(receipt.asked().at()) + (receipt.asked().why().isBlank() ? "" : ": " + receipt.asked().why());
    }
}
