package dev.holdfast.replication.volume;

import dev.holdfast.replication.volume.Entry.RegularFile;
import dev.holdfast.replication.volume.Reference.Location;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds the stored tree of a snapshot: unchanged parts as hard links, changed ones from blocks of the reference and
 * of the source. What it wrote it reads back and compares with the hashes of the manifest; a linked part was compared
 * when it was written.
 */
final class TreeBuilder {

    private final PartTree tree;
    private final Reference reference;
    private final BlockSource source;
    private final Steps steps;
    private final Map<BlockHash, Location> fresh = new HashMap<>();
    private final List<Path> written = new ArrayList<>();
    private final Set<Path> directories = new HashSet<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(Blocks.PART);

    TreeBuilder(PartTree tree, Reference reference, BlockSource source, Steps steps) {
        this.tree = tree;
        this.reference = reference;
        this.source = source;
        this.steps = steps;
    }

    void build(List<RegularFile> files) throws IOException {
        directory(tree.root());
        for (RegularFile file : files) {
            for (int part = 0; part < Blocks.parts(file.size()); part++) {
                build(file, part);
            }
        }
        steps.reached(Steps.Step.TREE_WRITTEN);
    }

    /** Makes every written part and every name durable. */
    void sync() throws IOException {
        Durable.syncAll(written);
        Durable.syncAll(directories);
        steps.reached(Steps.Step.TREE_SYNCED);
    }

    /** Parts written and not yet synced by {@link #sync()}. */
    List<Path> written() {
        return written;
    }

    private void build(RegularFile file, int part) throws IOException {
        Path target = tree.part(file, part);
        directory(target.getParent());
        Optional<Path> same = samePart(file, part);
        if (same.isEmpty() || !link(same.get(), target)) {
            write(file, part, target);
        }
    }

    private Optional<Path> samePart(RegularFile file, int part) {
        Optional<RegularFile> earlier = reference.file(file.path());
        if (earlier.isPresent() && file.partEquals(part, earlier.get(), part)) {
            return Optional.of(reference.tree().part(earlier.get(), part));
        }
        // A renamed file: the part is the same, under another name.
        return reference.locate(file.hashes().at(part * Blocks.PER_PART))
                .filter(at -> at.block() % Blocks.PER_PART == 0)
                .filter(at -> file.partEquals(part, at.file(), at.block() / Blocks.PER_PART))
                .map(at -> at.tree().part(at.file(), at.block() / Blocks.PER_PART));
    }

    private static boolean link(Path existing, Path target) throws IOException {
        try {
            Files.createLink(target, existing);
            return true;
        } catch (FileSystemException e) {
            // A file system allows a limited number of links to one file (65,000 on ext4): copy from here on.
            if (Files.exists(existing) && !Files.exists(target)) {
                return false;
            }
            throw e;
        }
    }

    private void write(RegularFile file, int part, Path target) throws IOException {
        assemble(file, part);
        Durable.write(target, buffer);
        written.add(target);
        verify(file, part);
        steps.reached(Steps.Step.PART_WRITTEN);
    }

    private void assemble(RegularFile file, int part) throws IOException {
        buffer.clear();
        int first = part * Blocks.PER_PART;
        int end = Math.min(first + Blocks.PER_PART, file.hashes().count());
        for (int block = first; block < end; block++) {
            BlockHash hash = file.hashes().at(block);
            Optional<Location> known = reference.locate(hash).or(() -> Optional.ofNullable(fresh.get(hash)));
            if (known.isEmpty()) {
                source.read(file, block, buffer);
                fresh.put(hash, new Location(tree, file, block));
            } else {
                copy(known.get(), file, first);
            }
        }
        buffer.flip();
    }

    private void copy(Location from, RegularFile file, int first) throws IOException {
        boolean inThisPart = from.tree() == tree && from.file() == file && from.block() >= first;
        if (inThisPart) {
            int length = Blocks.length(file.size(), from.block());
            buffer.put(buffer.duplicate().clear().slice((from.block() - first) * Blocks.BLOCK, length));
        } else {
            from.tree().readBlock(from.file(), from.block(), buffer);
        }
    }

    private void verify(RegularFile file, int part) throws IOException {
        tree.readPart(file, part, buffer);
        var digest = Blocks.sha256();
        int first = part * Blocks.PER_PART;
        for (int at = 0; at < buffer.limit(); at += Blocks.BLOCK) {
            digest.update(buffer.array(), at, Math.min(Blocks.BLOCK, buffer.limit() - at));
            int block = first + at / Blocks.BLOCK;
            if (!BlockHash.at(digest.digest(), 0).equals(file.hashes().at(block))) {
                throw new WrongContent("'" + file.path() + "' block " + block + ": its SHA-256 is not the manifest's");
            }
        }
    }

    private void directory(Path directory) throws IOException {
        if (directories.add(directory)) {
            if (!directory.equals(tree.root())) {
                directory(directory.getParent());
            }
            Files.createDirectory(directory);
        }
    }
}
