package dev.holdfast.replication.transfer;

import dev.holdfast.replication.volume.ReceiveKill;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The receives under way on this node. A receive enters <em>before</em> it looks at the replica floor: so one that
 * started under an old floor is here to be killed by whoever raises it. Safe for use by several threads.
 */
public final class InFlightReceives implements ReceiveKill {

    private final Set<Receive> alive = new HashSet<>();

    /** One receive, entered by the thread that runs it. Leaving is the very last thing it does. */
    final class Receive implements AutoCloseable {

        private final String guest;
        private final Closeable connection;
        private final Thread thread = Thread.currentThread();
        private final CountDownLatch dead = new CountDownLatch(1);
        private volatile boolean killed;

        private Receive(String guest, Closeable connection) {
            this.guest = guest;
            this.connection = connection;
        }

        boolean wasKilled() {
            return killed;
        }

        private void kill() {
            killed = true;
            // Interrupted as well: it may be busy with the disk, not the connection.
            thread.interrupt();
            try {
                connection.close();
            } catch (IOException e) {
                // The interrupt and the wait for its death remain.
            }
        }

        @Override
        public void close() {
            synchronized (InFlightReceives.this) {
                alive.remove(this);
            }
            dead.countDown();
        }
    }

    synchronized Receive enter(String guest, Closeable connection) {
        Receive receive = new Receive(guest, connection);
        alive.add(receive);
        return receive;
    }

    /** Number of receives of the guest that are under way. */
    public synchronized int count(String guest) {
        return of(guest).size();
    }

    @Override
    public boolean killAll(String guest, Duration within) {
        List<Receive> victims;
        synchronized (this) {
            victims = of(guest);
        }
        victims.forEach(Receive::kill);
        long deadline = System.nanoTime() + within.toNanos();
        try {
            for (Receive victim : victims) {
                if (!victim.dead.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<Receive> of(String guest) {
        return alive.stream().filter(receive -> receive.guest.equals(guest)).toList();
    }
}
