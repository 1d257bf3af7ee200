package dev.holdfast.replication.volume;

import dev.holdfast.replication.volume.Capture.Change;
import dev.holdfast.replication.volume.Entry.RegularFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Compares live files with a reference, byte by byte, and copies blocks that differ. Reading both sides and comparing
 * is several times faster than hashing one, and exact. Large files are cut into stretches that run in parallel: while
 * the guest stands still its cores are free.
 */
final class Comparison {

    private static final int PARTS_PER_STRETCH = 32;

    private final Function<String, Path> source;
    private final Reference reference;
    private final FileChannel scratch;
    private final PauseLimit limit;
    private final AtomicLong scratchEnd = new AtomicLong();
    private final Map<String, Map<Integer, Change>> changes = new ConcurrentHashMap<>();
    private final Set<String> unstable = ConcurrentHashMap.newKeySet();

    /**
     * @param source where to read the file of a path: the live volume, or a clone of it
     * @param scratch empty, open for reading and writing
     */
    Comparison(Function<String, Path> source, Reference reference, FileChannel scratch, PauseLimit limit) {
        this.source = source;
        this.reference = reference;
        this.scratch = scratch;
        this.limit = limit;
    }

    /**
     * @param known files described as they are in the reference: not read again if they still look so
     * @throws PauseTooLong if the limit is reached
     */
    Capture capture(LiveTree tree, Map<String, LiveFile> known, Workers workers) throws IOException {
        List<Callable<Void>> stretches = new ArrayList<>();
        for (LiveFile file : tree.files().values()) {
            boolean sameAsReference =
                    file.equals(known.get(file.path())) && reference.file(file.path()).isPresent();
            if (!sameAsReference) {
                addStretches(file, stretches);
            }
        }
        workers.run(stretches);
        return new Capture(tree, changes, unstable, scratch);
    }

    private void addStretches(LiveFile file, List<Callable<Void>> stretches) {
        Optional<RegularFile> earlier = reference.file(file.path());
        boolean otherSize = earlier.isEmpty() || earlier.get().size() != file.size();
        if (otherSize) {
            changes.put(file.path(), new ConcurrentHashMap<>());
        }
        int parts = Blocks.parts(file.size());
        for (int first = 0; first < parts; first += PARTS_PER_STRETCH) {
            int from = first;
            int to = Math.min(parts, first + PARTS_PER_STRETCH);
            stretches.add(() -> {
                compare(file, earlier, from, to);
                return null;
            });
        }
    }

    private void compare(LiveFile file, Optional<RegularFile> earlier, int from, int to) throws IOException {
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(source.apply(file.path()), StandardOpenOption.READ)) {
            ByteBuffer live = arena.allocate(Blocks.PART).asByteBuffer();
            ByteBuffer stored = arena.allocate(Blocks.PART).asByteBuffer();
            for (int part = from; part < to; part++) {
                limit.check();
                if (!readLive(channel, file, part, live)) {
                    unstable.add(file.path());
                    return;
                }
                stored.clear().limit(0);
                if (earlier.isPresent() && part < Blocks.parts(earlier.get().size())) {
                    reference.tree().readPart(earlier.get(), part, stored);
                }
                compare(file, part, live, stored);
            }
        } catch (NoSuchFileException vanished) {
            unstable.add(file.path());
        }
    }

    private static boolean readLive(FileChannel channel, LiveFile file, int part, ByteBuffer into) throws IOException {
        into.clear().limit(Blocks.partLength(file.size(), part));
        while (into.hasRemaining()) {
            if (channel.read(into, (long) part * Blocks.PART + into.position()) < 0) {
                return false;
            }
        }
        into.flip();
        return true;
    }

    private void compare(LiveFile file, int part, ByteBuffer live, ByteBuffer stored) throws IOException {
        for (int at = 0; at < live.limit(); at += Blocks.BLOCK) {
            ByteBuffer block = block(live, at);
            if (at >= stored.limit() || !block.equals(block(stored, at))) {
                keep(file, part * Blocks.PER_PART + at / Blocks.BLOCK, block);
            }
        }
    }

    private static ByteBuffer block(ByteBuffer part, int at) {
        return part.slice(at, Math.min(Blocks.BLOCK, part.limit() - at));
    }

    private void keep(LiveFile file, int number, ByteBuffer block) throws IOException {
        int length = block.remaining();
        long offset = scratchEnd.getAndAdd(length);
        while (block.hasRemaining()) {
            scratch.write(block, offset + block.position());
        }
        changes.computeIfAbsent(file.path(), path -> new ConcurrentHashMap<>()).put(number, new Change(length, offset));
    }
}
