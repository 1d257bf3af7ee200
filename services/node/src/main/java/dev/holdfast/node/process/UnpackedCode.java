package dev.holdfast.node.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/**
 * The native code of lz4, which its library unpacks into the temporary folder and removes when the process ends in an
 * orderly way. A node often does not: there would be a copy more after each power pull. Once loaded the file is not
 * needed any more.
 */
public final class UnpackedCode {

    private static final Path MAPPED = Path.of("/proc/self/maps");
    private static final String NAME = "liblz4-java-";
    private static final int ANY_SIZE = 64;

    private UnpackedCode() {}

    /**
     * Has it unpacked and loaded, and removes the file. Where it cannot be loaded, lz4 goes on in plain Java.
     *
     * @throws IOException if the file cannot be removed
     */
    public static void loadAndRemove() throws IOException {
        try (OutputStream any = Compression.lz4().build()
                .wrapForOutput(new ByteBufferOutputStream(ANY_SIZE), RecordBatch.MAGIC_VALUE_V2)) {
            any.write(0);
        }
        for (Path file : mapped()) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".lck"));
        }
    }

    /** The files of lz4 that this process has in its memory and that are still there. */
    static List<Path> mapped() throws IOException {
        try (var lines = Files.lines(MAPPED)) {
            return lines.filter(line -> line.contains("/" + NAME))
                    .map(line -> Path.of(line.substring(line.indexOf('/'))))
                    .filter(Files::exists)
                    .distinct()
                    .toList();
        }
    }
}
