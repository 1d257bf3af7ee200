package dev.holdfast.cli.demo;

import dev.holdfast.cli.local.Pulled;
import dev.holdfast.cli.output.Span;
import dev.holdfast.cli.read.Occurrence.Decided;
import dev.holdfast.core.event.ClusterEvent;
import java.util.ArrayList;
import java.util.List;

/** The timeline as it happens: what was decided and what the client sees, by the time since the pull. */
final class Story implements LoadListener {

    private static final String CLIENT = "client";

    private final Narrator narrator;
    private final List<Decided> early = new ArrayList<>();
    private Moment pulledAt;

    Story(Narrator narrator) {
        this.narrator = narrator;
    }

    /** The plug was pulled; what happened since then but was heard before this is told now. */
    synchronized void pulled(Moment at, String victim, Pulled pulled) {
        pulledAt = at;
        narrator.at(0, victim, "power gone: %d processes killed in %s".formatted(
                pulled.killed().size(), Span.of(pulled.took())));
        early.forEach(this::tell);
        early.clear();
    }

    synchronized void decided(Decided decided) {
        if (pulledAt == null) {
            // The kill itself takes a moment; nothing before it belongs to the story.
            early.add(decided);
        } else {
            tell(decided);
        }
    }

    private void tell(Decided decided) {
        long millis = pulledAt.millisTo(decided.at());
        if (millis >= 0 && !(decided.decision().event() instanceof ClusterEvent.CommandAnswered)) {
            narrator.at(millis, decided.entity(), decided.summary());
        }
    }

    @Override
    public synchronized void lost(long lastAnswerAt) {
        if (pulledAt != null) {
            narrator.at(pulledAt.millisTo(System.nanoTime()), CLIENT, "no answer any more, the last one came at %+d ms"
                    .formatted(pulledAt.millisTo(lastAnswerAt)));
        }
    }

    @Override
    public synchronized void answering(Gap gap) {
        if (pulledAt != null) {
            narrator.at(pulledAt.millisTo(gap.to()), CLIENT, "answered again, after " + Span.of(gap.length()));
        }
    }
}
