package dev.holdfast.replication.volume;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/** An increment read from the stored snapshot while it is sent. */
final class DirectoryIncrement implements Increment {

    private final GuestVolume volume;
    private final Stored stored;
    private final Optional<String> base;
    private final byte[] manifest;
    private final MissingBlocks missing;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param stored in use by this increment, which releases it */
    DirectoryIncrement(GuestVolume volume, Stored stored, Optional<Stored> base) {
        this.volume = volume;
        this.stored = stored;
        this.base = base.map(found -> found.manifest().snapshot().id());
        this.manifest = ManifestFormat.encode(stored.manifest());
        this.missing = new MissingBlocks(base.map(Reference::of).orElse(Reference.NOTHING), stored.manifest());
    }

    @Override
    public StoredSnapshot snapshot() {
        return stored.manifest().summary();
    }

    @Override
    public Optional<String> base() {
        return base;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(IncrementFormat.headBytes(base, manifest) + missing.bytes());
    }

    @Override
    public void writeTo(OutputStream stream) throws IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(stream, Blocks.BLOCK);
        IncrementFormat.writeHead(buffered, base, manifest);
        IncrementFormat.writeBlocks(buffered, stored.tree(), missing);
        buffered.flush();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            volume.release(stored.manifest().snapshot().id());
        }
    }
}
