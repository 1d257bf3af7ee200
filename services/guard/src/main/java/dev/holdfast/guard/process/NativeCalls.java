package dev.holdfast.guard.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

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

    private static final int ENOSYS = 38;
    private static final int TIMER_ABSTIME = 1;
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final long SYS_PIDFD_SEND_SIGNAL = 424;
    private static final long SYS_PIDFD_OPEN = 434;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final MethodHandle CLOCK_GETTIME =
            Linkage.call("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle CLOCK_NANOSLEEP =
            Linkage.call("clock_nanosleep", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle GETPPID = Linkage.call("getppid", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle GETEUID = Linkage.call("geteuid", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle SETSID = Linkage.call("setsid", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle KILL = Linkage.call("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE = Linkage.call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle PRCTL = Linkage.call(
            "prctl",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle SYSCALL = Linkage.call(
            "syscall",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1),
            Linkage.WITH_ERRNO);

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
            throw Linkage.unexpected(failure);
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
            throw Linkage.unexpected(failure);
        }
    }

    /** Makes this process the new parent of every orphan among its descendants. */
    public static void becomeSubReaper() {
        try {
            if ((int) PRCTL.invokeExact(PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L) != 0) {
                throw new IllegalStateException("this kernel has no child sub-reaper (Linux 3.4 or newer is needed)");
            }
        } catch (Throwable failure) {
            throw Linkage.unexpected(failure);
        }
    }

    /** Starts a session of its own; does nothing if this process already leads a group. */
    public static void leaveSession() {
        try {
            int ignored = (int) SETSID.invokeExact();
        } catch (Throwable failure) {
            throw Linkage.unexpected(failure);
        }
    }

    public static int parentPid() {
        try {
            return (int) GETPPID.invokeExact();
        } catch (Throwable failure) {
            throw Linkage.unexpected(failure);
        }
    }

    /** The user this process acts as. */
    public static int effectiveUser() {
        try {
            return (int) GETEUID.invokeExact();
        } catch (Throwable failure) {
            throw Linkage.unexpected(failure);
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

    /** The result, or the negated errno. */
    private static long syscall(long number, long first, long second, long third) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linkage.ERRNO_LAYOUT);
            long result = (long) SYSCALL.invokeExact(state, number, first, second, third, 0L);
            return result == -1 ? -Linkage.errno(state) : result;
        } catch (Throwable failure) {
            throw Linkage.unexpected(failure);
        }
    }

    private static boolean kill(int pid, int signal) {
        try {
            return (int) KILL.invokeExact(pid, signal) == 0;
        } catch (Throwable failure) {
            throw Linkage.unexpected(failure);
        }
    }

    private static void close(int descriptor) {
        try {
            int ignored = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable failure) {
            throw Linkage.unexpected(failure);
        }
    }
}
