package dev.holdfast.replication.zfs;

import dev.holdfast.replication.volume.Increment;
import dev.holdfast.replication.volume.StoredSnapshot;
import dev.holdfast.replication.zfs.GuestState.Base;
import dev.holdfast.replication.zfs.GuestState.Snap;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** An increment as ZFS makes it; its snapshot and its base are held until it is closed. */
final class ZfsIncrement implements Increment {

    /** From the last byte to the end of the command. */
    private static final Duration END = Duration.ofSeconds(30);

    private final GuestDatasets datasets;
    private final Snap snapshot;
    private final Optional<Base> base;
    private final StreamHead head;
    private final List<String> command;
    private final List<Snap> held;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ZfsIncrement(
            GuestDatasets datasets, Snap snapshot, Optional<Base> base, StreamHead.Kind kind, List<String> command)
            throws IOException {
        this.datasets = datasets;
        this.snapshot = snapshot;
        this.base = base;
        this.command = command;
        this.head = new StreamHead(
                kind, datasets.guest, base.map(Base::guid), snapshot.guid(), snapshot.identity().orElseThrow());
        this.held = Stream.concat(Stream.of(snapshot), base.flatMap(Base::snapshot).stream()).toList();
        datasets.holds.beginSending(held);
    }

    /** @param encrypted blocks then leave this node as they are, and the key stays here */
    static ZfsIncrement whole(GuestDatasets datasets, Snap snapshot, Optional<Base> base, boolean encrypted)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("zfs", "send"));
        command.addAll(flags(datasets.can(), encrypted));
        if (base.isPresent()) {
            command.addAll(List.of("-i", base.get().argument()));
        }
        command.add(snapshot.fullName());
        return new ZfsIncrement(datasets, snapshot, base, StreamHead.Kind.WHOLE, command);
    }

    /** @param token names everything itself, flags included */
    static ZfsIncrement rest(GuestDatasets datasets, Snap snapshot, String token) throws IOException {
        return new ZfsIncrement(
                datasets, snapshot, Optional.empty(), StreamHead.Kind.REST, List.of("zfs", "send", "-t", token));
    }

    private static List<String> flags(ZfsCapabilities can, boolean encrypted) throws IOException {
        List<String> flags = new ArrayList<>();
        if (encrypted) {
            if (!can.rawSend()) {
                throw new IOException("an encrypted dataset leaves this node only raw, which this ZFS cannot send");
            }
            flags.add("-w");
            return flags;
        }
        if (can.largeBlocks()) {
            flags.add("-L");
        }
        if (can.embeddedBlocks()) {
            flags.add("-e");
        }
        if (can.compressedSend()) {
            flags.add("-c");
        }
        return flags;
    }

    @Override
    public StoredSnapshot snapshot() {
        return snapshot.stored();
    }

    @Override
    public Optional<String> base() {
        return base.map(Base::guid);
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public void writeTo(OutputStream stream) throws IOException {
        try (ZfsStream sending = datasets.zfs().start(command)) {
            head.writeTo(stream);
            sending.input().close();
            copy(sending.output(), stream);
            sending.finish(END);
        }
        stream.flush();
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.write(buffer, 0, read);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                datasets.holds.endSending(held);
            } catch (IOException left) {
                throw new UncheckedIOException(left);
            }
        }
    }
}
