package dev.holdfast.audit.check;

import dev.holdfast.audit.fold.CheckpointParts;
import dev.holdfast.audit.fold.JournalReader;
import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.JournalEntry;
import dev.holdfast.core.event.JournalEntry.JournalCheckpoint;
import dev.holdfast.core.event.JournalEntry.JournalDecision;
import dev.holdfast.core.event.JournalEntry.JournalInput;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.journal.Chain;
import dev.holdfast.encoding.journal.EntityCodec;
import dev.holdfast.schemas.TopicCatalogue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** Checks a journal from its first value to its last, or to the first that is not right. For one run. */
public final class Audit {

    private static final int PROGRESS_EVERY = 10_000;

    private final JournalReader journal;
    private final CheckpointParts checkpoint;
    private final Bounds bounds;
    private final Map<Long, List<Signature>> signatures = new TreeMap<>();
    private final Holders holders = new Holders();
    private final Map<String, Long> offsets = new HashMap<>();
    private final List<String> notes = new ArrayList<>();
    private byte[] before;
    private long last;
    private long entries;
    private long from;
    private long checkpoints;
    private long confirmed;
    private long decision;
    private boolean holdersKnown;
    private boolean frozen;
    /** Offset and entry of an input whose offset does not follow, unless the decisions on it say that it was noticed. */
    private String gap;
    private long gapEntry;
    private long firstBad;
    private String reason;
    /** Why the first of the records since the last entry is none; null if there is none. */
    private String stranger;
    private int foreign;

    /**
     * @param bounds what is known from elsewhere of where the journal begins and ends
     * @param signatures what operators signed; only those of the right key and cluster
     */
    public Audit(Codecs codecs, Bounds bounds, List<Signature> signatures) {
        this.journal = new JournalReader(codecs);
        this.checkpoint = new CheckpointParts(new EntityCodec(codecs));
        this.bounds = bounds;
        this.before = bounds.before() == null ? null : Chain.parse(bounds.before());
        signatures.forEach(each -> this.signatures.computeIfAbsent(each.entry(), unused -> new ArrayList<>()).add(each));
    }

    /**
     * Runs.
     *
     * @param values values of {@code audit.journal} in order, committed ones only
     * @param progress is told the number of entries read, now and then
     */
    public AuditResult run(Iterator<byte[]> values, LongConsumer progress) {
        while (reason == null && values.hasNext()) {
            take(values.next());
            if (entries % PROGRESS_EVERY == 0) {
                progress.accept(entries);
            }
        }
        if (reason == null) {
            end();
        }
        return new AuditResult(entries, from, last, checkpoints, confirmed, firstBad, reason, notes);
    }

    /**
     * A record that is no entry may be a spoilt one or somebody else's, put between: it is the latter if the next entry
     * follows the one before it.
     */
    private void take(byte[] value) {
        JournalReader.Line line = value == null
                ? new JournalReader.Line.Unreadable("it has no value")
                : journal.read(value);
        switch (line) {
            case JournalReader.Line.Unreadable unreadable -> {
                foreign++;
                stranger = stranger == null ? unreadable.reason() : stranger;
            }
            case JournalReader.Line.Read read -> {
                entries++;
                JournalEntry entry = read.entry();
                if (stranger != null && (entry.entry() != last + 1 || before == null || !Chain.follows(before, value))) {
                    bad(last + 1, "cannot be read: " + stranger);
                    return;
                }
                if (stranger != null) {
                    notes.add("before entry " + entry.entry() + " stand " + foreign + " records of somebody else: " + stranger);
                    stranger = null;
                    foreign = 0;
                }
                take(entry, value);
            }
        }
    }

    private void take(JournalEntry entry, byte[] value) {
        boolean first = entries == 1;
        if (first && entry.entry() == 1) {
            before = Chain.beginning();
            holdersKnown = true;
        }
        if (!first && entry.entry() != last + 1) {
            bad(last + 1, "is missing: entry " + entry.entry() + " follows entry " + last);
            return;
        }
        if (before != null && !Chain.follows(before, value)) {
            bad(entry.entry(), "is not what was written after entry " + (entry.entry() - 1)
                    + ": the hash it ends in is not the hash of it");
            return;
        }
        if (before != null && from == 0) {
            from = entry.entry();
        }
        if (before == null) {
            notes.add("entry " + entry.entry() + " is the oldest that is kept: only its successor proves it");
        }
        before = Chain.of(value);
        last = entry.entry();
        checkSignatures(entry.entry());
        if (reason == null) {
            checkMeaning(entry);
        }
        checkHead(entry.entry());
    }

    private void checkSignatures(long entry) {
        for (Signature signature : signatures.getOrDefault(entry, List.of())) {
            if (signature.hash().equals(Chain.text(before))) {
                confirmed++;
            } else {
                bad(entry, "is not what was signed at " + signature.signedAt() + ": its hash was " + signature.hash()
                        + " then and is " + Chain.text(before));
            }
        }
    }

    private void checkHead(long entry) {
        if (reason == null && bounds.head() != null && bounds.head().entries() == entry
                && !bounds.head().chain().equals(Chain.text(before))) {
            bad(entry, "is not what the cluster's state names as its entry " + entry);
        }
    }

    private void checkMeaning(JournalEntry entry) {
        if (!(entry instanceof JournalDecision) && gap != null) {
            bad(gapEntry, gap);
            return;
        }
        switch (entry) {
            case JournalInput input -> input(input);
            case JournalDecision decided -> decision(decided);
            case JournalCheckpoint part -> checkpoint(part);
        }
    }

    /** Kafka gives transaction markers an offset too: only on the heartbeat log, where there are none, all must follow. */
    private void input(JournalInput input) {
        Long known = offsets.put(input.at().topic(), input.at().offset());
        if (known == null) {
            return;
        }
        boolean beats = input.at().topic().equals(TopicCatalogue.NODE_HEARTBEATS.name());
        boolean follows = beats ? input.at().offset() == known + 1 : input.at().offset() > known;
        if (!follows) {
            gap = "consumed " + input.at() + " after " + input.at().topic() + "@" + known;
            gapEntry = input.entry();
            if (!beats) {
                bad(gapEntry, gap);
            } else if (frozen) {
                notes.add("entry " + gapEntry + " " + gap + ", while the cluster was frozen");
                gap = null;
            }
        }
    }

    private void decision(JournalDecision decided) {
        long sequence = decided.decision().sequence();
        if (decision != 0 && sequence != decision + 1) {
            bad(decided.entry(), "holds decision " + sequence + " after decision " + decision);
            return;
        }
        decision = sequence;
        switch (decided.decision().event()) {
            case ClusterEvent.ClusterFrozen noticed -> {
                frozen = true;
                if (gap != null) {
                    notes.add("entry " + gapEntry + " " + gap + "; the decision maker noticed it: " + noticed.summary());
                    gap = null;
                }
            }
            case ClusterEvent.ClusterThawed thawed -> frozen = false;
            default -> { }
        }
        if (holdersKnown) {
            holders.take(decided.decision().event())
                    .ifPresent(second -> bad(decided.entry(), "lets a guest have two holders: " + second));
        }
    }

    private void checkpoint(JournalCheckpoint part) {
        switch (checkpoint.take(part)) {
            case CheckpointParts.Outcome.Incomplete incomplete -> { }
            case CheckpointParts.Outcome.Broken broken -> bad(part.entry(), "ends a broken checkpoint: " + broken.reason());
            case CheckpointParts.Outcome.Complete complete -> {
                checkpoints++;
                frozen = complete.state().frozen() != null;
                if (!holdersKnown) {
                    holders.reset(complete.state());
                    holdersKnown = true;
                    notes.add("holders of guests are known from the checkpoint at entry " + part.entry() + " on");
                }
            }
        }
    }

    private void end() {
        if (stranger != null) {
            bad(last + 1, "cannot be read: " + stranger);
        } else if (gap != null) {
            bad(gapEntry, gap);
        } else if (bounds.head() != null && bounds.head().entries() > last) {
            bad(last + 1, "is missing: the journal ends after entry " + last + ", and had " + bounds.head().entries()
                    + " entries already");
        } else {
            missingSignatures();
        }
        if (bounds.head() == null && reason == null) {
            notes.add("where the journal should end is not known: entries cut off at its end would not be missed");
        }
    }

    private void missingSignatures() {
        for (long entry : signatures.keySet()) {
            if (entry > last) {
                bad(last + 1, "is missing: entry " + entry + " was signed, and the journal ends after entry " + last);
                return;
            }
            if (entries > 0 && entry < last - entries + 1) {
                notes.add("the signature of entry " + entry + " is older than the journal that is kept");
            }
        }
    }

    private void bad(long entry, String what) {
        if (reason == null) {
            firstBad = entry;
            reason = "entry " + entry + " " + what;
        }
    }
}
