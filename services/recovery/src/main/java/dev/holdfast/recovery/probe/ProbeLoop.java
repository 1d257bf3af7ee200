package dev.holdfast.recovery.probe;

import dev.holdfast.core.guest.ProbeInput;
import dev.holdfast.core.guest.ProbeJudge;
import dev.holdfast.core.guest.ProbeNews;
import dev.holdfast.core.guest.ProbeResult;
import dev.holdfast.core.guest.ProbeState;
import dev.holdfast.core.guest.ProbeTiming;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Probes one guest from its start to its end on a thread of its own; {@link ProbeJudge} decides what the answers
 * mean. One loop per start: it is made when the guest was started and closed when it was stopped.
 */
public final class ProbeLoop implements AutoCloseable {

    private final Probe probe;
    private final ProbeJudge judge;
    private final Consumer<ProbeNews> listener;
    private final Thread thread;
    private final long origin = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private ProbeState state = ProbeState.startedAt(Duration.ZERO);

    /**
     * Begins to probe at once.
     *
     * @param listener gets each transition, in order, on the loop's thread; while it works nothing is probed
     */
    public ProbeLoop(String guest, Probe probe, ProbeTiming timing, Consumer<ProbeNews> listener) {
        this.probe = probe;
        this.judge = new ProbeJudge(timing);
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("probe-loop-" + guest).start(this::run);
    }

    /** To be called before the guest is paused for a snapshot: its silence does not count until {@link #thawed}. */
    public void frozen() {
        enter(new ProbeInput.Frozen());
    }

    /** The guest runs again. */
    public void thawed() {
        enter(new ProbeInput.Thawed());
    }

    /** What is known now. */
    public ProbeState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the loop and a probe under way; the listener is not called again once this has returned. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Duration begun = now();
                ProbeResult result = probe.ask();
                enter(new ProbeInput.Probed(begun, result)).ifPresent(listener);
                awaitNext(begun);
            }
        } catch (InterruptedException closed) {
            // The guest was stopped.
        }
    }

    private Optional<ProbeNews> enter(ProbeInput input) {
        lock.lock();
        try {
            ProbeJudge.Step step = judge.judge(state, input, now());
            state = step.state();
            changed.signalAll();
            return step.news();
        } finally {
            lock.unlock();
        }
    }

    private void awaitNext(Duration begun) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Optional<Duration> pause = judge.untilNext(state);
                if (pause.isEmpty()) {
                    changed.await();
                    continue;
                }
                long nanos = begun.plus(pause.get()).minus(now()).toNanos();
                if (nanos <= 0) {
                    return;
                }
                changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private Duration now() {
        return Duration.ofNanos(System.nanoTime() - origin);
    }
}
