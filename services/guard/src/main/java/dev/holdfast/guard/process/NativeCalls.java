package dev.holdfast.guard.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The Linux calls that Java has no name for. Thin on purpose: no decision is taken here. Constants are those of the
 * generic Linux ABI (x86-64, aarch64, riscv64).
 */
public final class NativeCalls {

    public static final int CLOCK_MONOTONIC_RAW = 4;
    public static final int CLOCK_BOOTTIME = 7;

    public static final int SIGKILL = 9;
    public static final int SIGTERM = 15;
    public static final int SIGCONT = 18;
    public static final int SIGSTOP = 19;

    private static final int ECHILD = 10;
    private static final int ENOSYS = 38;
    private static final int TIMER_ABSTIME = 1;
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int P_ALL = 0;
    private static final int P_PID = 1;
    private static final int WNOHANG = 1;
    private static final int WSTOPPED = 2;
    private static final int WEXITED = 4;
    private static final int WNOWAIT = 0x0100_0000;
    private static final int WALL = 0x4000_0000;
    private static final int CLD_STOPPED = 5;
    private static final long SYS_PIDFD_SEND_SIGNAL = 424;
    private static final long SYS_PIDFD_OPEN = 434;
    private static final long SIGINFO_BYTES = 128;
    private static final long SIGINFO_CODE = 8;
    private static final long SIGINFO_PID = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final StructLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = ERRNO_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle CLOCK_GETTIME =
            call("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle CLOCK_NANOSLEEP =
            call("clock_nanosleep", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle GETPPID = call("getppid", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle GETEUID = call("geteuid", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle SETSID = call("setsid", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle KILL = call("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle PRCTL = call(
            "prctl",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle SYSCALL = call(
            "syscall",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1),
            Linker.Option.captureCallState("errno"));
    private static final MethodHandle WAITID = call(
            "waitid",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
            Linker.Option.captureCallState("errno"));

    private NativeCalls() {}

    /** Nanoseconds of one of the {@code CLOCK_} constants. */
    public static long clockNanos(int clock) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timespec = arena.allocate(JAVA_LONG, 2);
            if ((int) CLOCK_GETTIME.invokeExact(clock, timespec) != 0) {
                throw new IllegalStateException("clock " + clock + " cannot be read on this machine");
            }
            return timespec.getAtIndex(JAVA_LONG, 0) * NANOS_PER_SECOND + timespec.getAtIndex(JAVA_LONG, 1);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /**
     * Sleeps until CLOCK_BOOTTIME shows {@code bootNanos}. A deadline that passed while the machine was suspended
     * wakes the caller as soon as the machine resumes, which no sleep of Java does.
     */
    public static void sleepUntilBootTime(long bootNanos) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timespec = arena.allocate(JAVA_LONG, 2);
            timespec.setAtIndex(JAVA_LONG, 0, bootNanos / NANOS_PER_SECOND);
            timespec.setAtIndex(JAVA_LONG, 1, bootNanos % NANOS_PER_SECOND);
            int ignored = (int) CLOCK_NANOSLEEP.invokeExact(
                    CLOCK_BOOTTIME, TIMER_ABSTIME, timespec, MemorySegment.NULL);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** Makes this process the new parent of every orphan among its descendants. */
    public static void becomeSubReaper() {
        try {
            if ((int) PRCTL.invokeExact(PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L) != 0) {
                throw new IllegalStateException("this kernel has no child sub-reaper (Linux 3.4 or newer is needed)");
            }
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** Starts a session of its own; does nothing if this process already leads a group. */
    public static void leaveSession() {
        try {
            int ignored = (int) SETSID.invokeExact();
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    public static int parentPid() {
        try {
            return (int) GETPPID.invokeExact();
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** The user this process acts as. */
    public static int effectiveUser() {
        try {
            return (int) GETEUID.invokeExact();
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /**
     * Sends {@code signal} to exactly this process, never to a later one that was given the same pid: the pid is
     * pinned first and its identity compared while it is pinned.
     *
     * @return whether the process was there to receive it
     */
    public static boolean signal(ProcessIdentity target, int signal) {
        long pidfd = syscall(SYS_PIDFD_OPEN, target.pid(), 0, 0);
        if (pidfd == -ENOSYS) {
            return target.isPresent() && kill(target.pid(), signal);
        }
        if (pidfd < 0) {
            return false;
        }
        try {
            return target.isPresent() && syscall(SYS_PIDFD_SEND_SIGNAL, pidfd, signal, 0) == 0;
        } finally {
            close((int) pidfd);
        }
    }

    /** Whether this process has no child at all, not even a zombie: then no descendant of it is alive either. */
    static boolean hasNoChild() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(SIGINFO_BYTES, 8);
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
            MemorySegment info = arena.allocate(SIGINFO_BYTES, 8);
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
            waitid(P_PID, pid, arena.allocate(SIGINFO_BYTES, 8), options);
        }
    }

    /** 0, or the negated errno. */
    private static int waitid(int kind, int id, MemorySegment info, int options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(ERRNO_LAYOUT);
            int result = (int) WAITID.invokeExact(state, kind, id, info, options);
            return result == 0 ? 0 : -(int) ERRNO.get(state, 0L);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** The result, or the negated errno. */
    private static long syscall(long number, long first, long second, long third) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(ERRNO_LAYOUT);
            long result = (long) SYSCALL.invokeExact(state, number, first, second, third, 0L);
            return result == -1 ? -(int) ERRNO.get(state, 0L) : result;
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    private static boolean kill(int pid, int signal) {
        try {
            return (int) KILL.invokeExact(pid, signal) == 0;
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    private static void close(int descriptor) {
        try {
            int ignored = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    private static MethodHandle call(String name, FunctionDescriptor shape, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        MemorySegment address = linker.defaultLookup()
                .find(name)
                .orElseThrow(() -> new IllegalStateException("the C library has no " + name + "(): Linux is needed"));
        return linker.downcallHandle(address, shape, options);
    }

    private static RuntimeException unexpected(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }

    /**
     * A child that changed.
     *
     * @param pid the child
     * @param stopped true if it was stopped, false if it ended
     */
    record ChildChange(int pid, boolean stopped) {}
}
