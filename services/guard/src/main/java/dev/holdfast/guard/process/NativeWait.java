package dev.holdfast.guard.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Waiting for children with waitid(), without taking from the JVM what it waits for itself. */
final class NativeWait {

    private static final int ECHILD = 10;
    private static final int P_ALL = 0;
    private static final int P_PID = 1;
    private static final int WNOHANG = 1;
    private static final int WSTOPPED = 2;
    private static final int WEXITED = 4;
    private static final int WNOWAIT = 0x0100_0000;
    private static final int WALL = 0x4000_0000;
    private static final int CLD_STOPPED = 5;
    private static final long SIGINFO_BYTES = 128;
    private static final long SIGINFO_ALIGNMENT = 8;
    private static final long SIGINFO_CODE = 8;
    private static final long SIGINFO_PID = 16;

    private static final MethodHandle WAITID = Linkage.call(
            "waitid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), Linkage.WITH_ERRNO);

    private NativeWait() {}

    /** Whether this process has no child at all, not even a zombie: then no descendant of it is alive either. */
    static boolean hasNoChild() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(SIGINFO_BYTES, SIGINFO_ALIGNMENT);
            return waitid(P_ALL, 0, info, WEXITED | WSTOPPED | WNOHANG | WNOWAIT | WALL) == -ECHILD;
        }
    }

    /**
     * Waits until a child ended or was stopped, and leaves it to be reaped by whoever it belongs to.
     *
     * @return the child, or null if there is no child
     */
    static ChildChange awaitChildChange() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(SIGINFO_BYTES, SIGINFO_ALIGNMENT);
            int result = waitid(P_ALL, 0, info, WEXITED | WSTOPPED | WNOWAIT | WALL);
            if (result == -ECHILD) {
                return null;
            }
            int pid = info.get(JAVA_INT, SIGINFO_PID);
            return new ChildChange(pid, info.get(JAVA_INT, SIGINFO_CODE) == CLD_STOPPED);
        }
    }

    /** Takes note of a stop, so that it is not reported again. */
    static void consumeStop(int pid) {
        waitFor(pid, WSTOPPED | WNOHANG);
    }

    /** Reaps this one child if it has ended. Never any other: the JVM waits for its own children itself. */
    static void reap(int pid) {
        waitFor(pid, WEXITED | WNOHANG | WALL);
    }

    private static void waitFor(int pid, int options) {
        try (Arena arena = Arena.ofConfined()) {
            waitid(P_PID, pid, arena.allocate(SIGINFO_BYTES, SIGINFO_ALIGNMENT), options);
        }
    }

    /** 0, or the negated errno. */
    private static int waitid(int kind, int id, MemorySegment info, int options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linkage.ERRNO_LAYOUT);
            int result = (int) WAITID.invokeExact(state, kind, id, info, options);
            return result == 0 ? 0 : -Linkage.errno(state);
        } catch (Throwable failure) {
            throw Linkage.unexpected(failure);
        }
    }

    /**
     * A child that changed.
     *
     * @param pid the child
     * @param stopped true if it was stopped, false if it ended
     */
    record ChildChange(int pid, boolean stopped) {}
}
