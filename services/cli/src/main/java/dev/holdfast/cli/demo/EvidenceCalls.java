package dev.holdfast.cli.demo;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The Linux calls of the evidence: flock, and the boot-time clock that all processes of a machine share.
 *
 * <p>flock and not Java's file lock, because a shell's {@code flock} then takes the very same lock. Not the guard's
 * native calls: they prepare four times as many at start, and the guard is among those the evidence is about.
 */
final class EvidenceCalls {

    private static final int CLOCK_BOOTTIME = 7;
    private static final int LOCK_EX_OR_FAIL = 2 | 4;
    private static final int O_RDWR_CREAT_CLOEXEC = 2 | 0100 | 02000000;
    private static final int MODE = 0644;

    private static final MethodHandle OPEN = call("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle FLOCK = call("flock", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOCK_GETTIME =
            call("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

    private EvidenceCalls() {
    }

    /**
     * Takes the lock of a file without waiting and keeps it until this process is gone, however it goes: the kernel
     * holds it for a stopped process and drops it for a dead one.
     *
     * @return false if another process, or this one, already holds it
     */
    static boolean lockForLife(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) OPEN.invokeExact(arena.allocateFrom(file.toString()), O_RDWR_CREAT_CLOEXEC, MODE);
            if (descriptor < 0) {
                throw new IOException("cannot open " + file);
            }
            return (int) FLOCK.invokeExact(descriptor, LOCK_EX_OR_FAIL) == 0;
        } catch (IOException | RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** CLOCK_BOOTTIME in nanoseconds. */
    static long bootNanos() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timespec = arena.allocate(JAVA_LONG, 2);
            int failed = (int) CLOCK_GETTIME.invokeExact(CLOCK_BOOTTIME, timespec);
            if (failed != 0) {
                throw new IllegalStateException("this machine has no boot-time clock");
            }
            return timespec.getAtIndex(JAVA_LONG, 0) * 1_000_000_000L + timespec.getAtIndex(JAVA_LONG, 1);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    @SuppressWarnings("restricted") // Guests with evidence are started with --enable-native-access.
    private static MethodHandle call(String name, FunctionDescriptor shape, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(
                () -> new IllegalStateException("the C library has no " + name + "(): Linux is needed")), shape, options);
    }
}
