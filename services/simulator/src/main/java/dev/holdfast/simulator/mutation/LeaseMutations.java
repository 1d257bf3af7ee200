package dev.holdfast.simulator.mutation;

import dev.holdfast.core.guard.Watch;
import dev.holdfast.core.lease.Lease;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.node.Incarnation;
import java.time.Duration;

/** The lease and the clock it counts on, each broken in one way (rules R2 to R5). */
final class LeaseMutations {

    private LeaseMutations() {}

    /** The guard is fed to the very end of the lease: a watchdog that is wound up there outlives lease and watchdog. */
    static Parts fedToTheEnd() {
        return new Parts() {
            @Override
            public Lease lease() {
                return new WrongLease() {
                    @Override
                    public boolean mayFeed(Duration now, Duration wd) {
                        return isHeld(now);
                    }
                };
            }

            @Override
            public boolean onlyBareWatchdogs() {
                return true;
            }
        };
    }

    static Parts fromAcknowledgement() {
        return new Parts() {
            @Override
            public Lease lease() {
                return new WrongLease() {
                    @Override
                    public boolean acknowledged(Duration sentAt, Duration length, Duration now) {
                        return super.acknowledged(now, length, now);
                    }
                };
            }
        };
    }

    /** Until it is granted the lease has no end: an acknowledgement that comes too late grants it. */
    static Parts firstOutsideTheChain() {
        return new Parts() {
            @Override
            public Lease lease() {
                return new WrongLease() {
                    @Override
                    protected boolean isOver(Duration now) {
                        return wasGranted() && super.isOver(now);
                    }
                };
            }
        };
    }

    /**
     * Only sending looks at the end of the lease; a beat can pass that look and be sent long after it. The guard's own
     * end, which would end the incarnation too, is out of the way.
     */
    static Parts renewedWithoutLooking() {
        return new Parts() {
            @Override
            public Lease lease() {
                return new WrongLease() {
                    @Override
                    protected boolean mayRenew(Duration now) {
                        return reason() == null;
                    }

                    @Override
                    public Lapsed.Reason lapsed(Duration now) {
                        return reason();
                    }

                    @Override
                    public boolean isHeld(Duration now) {
                        return reason() == null && wasGranted() && !isOver(now);
                    }
                };
            }

            @Override
            public boolean lapsesWithGuard() {
                return false;
            }
        };
    }

    /** Neither the lease nor the guard remembers that it was over. */
    static Parts withoutLatch() {
        return new Parts() {
            @Override
            public Lease lease() {
                return new WrongLease() {
                    @Override
                    public boolean maySend(Duration now) {
                        return reason() == null;
                    }

                    @Override
                    protected boolean mayRenew(Duration now) {
                        return reason() == null;
                    }

                    @Override
                    protected void ranOut() {
                        // Forgotten.
                    }
                };
            }

            @Override
            public Watch.Step arm(Watch watch, Incarnation incarnation, Duration left, Duration wd, Duration now) {
                return new Watch.Unarmed(null).arm(incarnation, left, wd, now);
            }

            @Override
            public boolean lapsesWithGuard() {
                return false;
            }
        };
    }

    /** The first beat that names a shorter lease is sent, and the longer one goes on. */
    static Parts longerLeaseKept() {
        return new Parts() {
            @Override
            public Lease lease() {
                return new WrongLease() {
                    @Override
                    protected boolean givesUpWhatIsLonger() {
                        return false;
                    }
                };
            }
        };
    }

    /** The lease counts on the clock that stands still while the machine is suspended. */
    static Parts suspendUnnoticed() {
        return new Parts() {
            @Override
            public long leaseClock(long boot, long raw) {
                return raw;
            }
        };
    }
}
