package dev.holdfast.simulator.world;

import dev.holdfast.core.event.Position;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.Message;
import java.util.ArrayList;
import java.util.List;

/** One partition: records with offsets. Records can be lost, which leaves a gap, and the end can be cut back. */
final class Topic {

    final String name;
    private final boolean heartbeats;
    private final List<Logged> records = new ArrayList<>();
    final List<Reader> readers = new ArrayList<>();
    private long end;

    Topic(String name, boolean heartbeats) {
        this.name = name;
        this.heartbeats = heartbeats;
    }

    /** The offset that the next record will have. */
    long end() {
        return end;
    }

    long append(String key, Message body, long now) {
        long offset = end++;
        records.add(new Logged(new Input(new Position(name, offset), heartbeats, key, body), now));
        return offset;
    }

    /** The first record at that offset or behind it; null if there is none. */
    Logged from(long offset) {
        int at = indexOf(offset);
        return at < records.size() ? records.get(at) : null;
    }

    /** Records from an offset on, to the present end. */
    List<Logged> since(long offset) {
        return records.subList(indexOf(offset), records.size());
    }

    List<Logged> all() {
        return records;
    }

    private int indexOf(long offset) {
        int low = (int) Math.max(0, Math.min(records.size(), offset - (end - records.size())));
        while (low > 0 && records.get(low - 1).input().at().offset() >= offset) {
            low--;
        }
        while (low < records.size() && records.get(low).input().at().offset() < offset) {
            low++;
        }
        return low;
    }

    /** Loses records from an offset on; the offsets are not given again. */
    int lose(long offset) {
        int at = indexOf(offset);
        int lost = records.size() - at;
        records.subList(at, records.size()).clear();
        return lost;
    }

    /** Loses records from an offset on, and gives the offsets again. */
    int cutBack(long offset) {
        int lost = lose(offset);
        end = Math.min(end, offset);
        return lost;
    }

    /** Loses the records of one key from an offset on; what stands there instead tells nothing, and nobody can see it. */
    int loseUnseen(long offset, String key) {
        Logged filler = null;
        int lost = 0;
        for (int at = Math.max(0, indexOf(offset) - 1); at < records.size(); at++) {
            Logged record = records.get(at);
            Input input = record.input();
            if (!input.key().equals(key)) {
                filler = record;
            } else if (filler != null && input.at().offset() >= offset) {
                Input other = filler.input();
                records.set(at, new Logged(
                        new Input(input.at(), heartbeats, other.key(), other.body()), record.appendedAt()));
                lost++;
            }
        }
        return lost;
    }
}
