package dev.holdfast.replication.volume;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Clones a file without copying it (ioctl FICLONE), where the file system can (XFS, btrfs): then the pause is as long
 * as the number of changed files, whatever their size.
 */
final class Reflink {

    private static final long FICLONE = 0x40049409L;
    private static final int O_RDONLY = 0;
    private static final int O_WRONLY_CREAT_EXCL_CLOEXEC = 01 | 0100 | 0200 | 02000000;
    private static final int MODE = 0600;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle OPEN = function(
            "open",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
            2);
    private static final MethodHandle IOCTL = function(
            "ioctl",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT),
            2);
    private static final MethodHandle CLOSE =
            function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), 1);

    private Reflink() {}

    /** Tries it with two small files in the directory. */
    static boolean isSupported(Path directory) throws IOException {
        Path from = Files.createTempFile(directory, "reflink", ".from");
        Path to = directory.resolve(from.getFileName() + ".to");
        try {
            Files.write(from, new byte[4096]);
            return cloneFile(from, to);
        } finally {
            Files.deleteIfExists(from);
            Files.deleteIfExists(to);
        }
    }

    /**
     * @param to must not exist; there is no such file if the answer is false
     * @return false if the file system did not do it
     */
    static boolean cloneFile(Path from, Path to) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int source = open(arena, from, O_RDONLY);
            if (source < 0) {
                return false;
            }
            int target = open(arena, to, O_WRONLY_CREAT_EXCL_CLOEXEC);
            boolean cloned = target >= 0 && (int) IOCTL.invokeExact(target, FICLONE, source) == 0;
            close(source);
            if (target >= 0) {
                close(target);
            }
            if (!cloned) {
                Files.deleteIfExists(to);
            }
            return cloned;
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("native call failed", e);
        }
    }

    private static int open(Arena arena, Path path, int flags) throws Throwable {
        MemorySegment name = arena.allocateFrom(path.toString());
        return (int) OPEN.invokeExact(name, flags, MODE);
    }

    private static void close(int descriptor) throws Throwable {
        int ignored = (int) CLOSE.invokeExact(descriptor);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor type, int firstVariadic) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), type, Linker.Option.firstVariadicArg(firstVariadic));
    }
}
