package dev.holdfast.guard.process;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/**
 * Reaps the orphans that this sub-reaper adopted and notices children that are stopped. Children that the JVM
 * started are left to the JVM, which waits for them itself. Sleeps in the kernel until a child changes.
 */
public final class ChildWatch {

    private static final long JVM_REAPS_WITHIN_MILLIS = 5;

    private final IntConsumer stopped;
    private final Set<Integer> started = ConcurrentHashMap.newKeySet();
    private int launching;
    private long launches;

    /**
     * @param stopped told the pid of each child that a signal stopped, on the watch's own thread
     */
    public ChildWatch(IntConsumer stopped) {
        this.stopped = stopped;
    }

    public void start() {
        Thread.ofPlatform().name("children").daemon().start(this::watch);
    }

    /** To be said before the JVM starts a process. */
    public synchronized void launching() {
        launching++;
        launches++;
        notifyAll();
    }

    /** The start succeeded. */
    public synchronized void launched(int pid) {
        started.add(pid);
        launching--;
    }

    /** The start failed. */
    public synchronized void launchFailed() {
        launching--;
    }

    /** The JVM has reaped a process that it started. */
    public void ended(int pid) {
        started.remove(pid);
    }

    /** Proof that no descendant of this process is alive: it has no child, and every orphan would be its child. */
    public static boolean noneLeft() {
        return NativeWait.hasNoChild();
    }

    private void watch() {
        try {
            while (true) {
                long seen = launchCount();
                NativeWait.ChildChange change = NativeWait.awaitChildChange();
                if (change == null) {
                    awaitLaunchAfter(seen);
                } else {
                    handle(change);
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(NativeWait.ChildChange change) throws InterruptedException {
        if (change.stopped()) {
            NativeWait.consumeStop(change.pid());
            stopped.accept(change.pid());
        } else if (isTheJvms(change.pid())) {
            Thread.sleep(JVM_REAPS_WITHIN_MILLIS);
        } else {
            NativeWait.reap(change.pid());
        }
    }

    private synchronized boolean isTheJvms(int pid) {
        return launching > 0 || started.contains(pid);
    }

    private synchronized long launchCount() {
        return launches;
    }

    /** Without a child there is nothing to wait for until the next launch: only children can leave orphans. */
    private synchronized void awaitLaunchAfter(long seen) throws InterruptedException {
        while (launches == seen && launching == 0) {
            wait();
        }
        if (launching > 0) {
            wait(JVM_REAPS_WITHIN_MILLIS);
        }
    }
}
