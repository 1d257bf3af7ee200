package dev.holdfast.simulator.run;

import dev.holdfast.simulator.fault.Fault;
import dev.holdfast.simulator.mutation.Parts;
import dev.holdfast.simulator.world.Coverage;
import dev.holdfast.simulator.world.Simulation;
import dev.holdfast.simulator.world.Story;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Many runs of one kind, seed after seed. */
public final class Campaign {

    private static final int TOLD_EVERY_NANOS = 1_000_000_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /**
     * What is to be run.
     *
     * @param from the first seed
     * @param seeds how many
     * @param nodes 3, 4 or 5 machines; of an even number the last one is no voter
     */
    public record Plan(long from, long seeds, int nodes, List<Fault> faults) {

        public Plan {
            faults = List.copyOf(faults);
            require(seeds >= 1, "seeds is " + seeds + "; it must be 1 or more");
            require(nodes >= 3 && nodes <= 5, "nodes is " + nodes + "; it must be 3, 4 or 5");
            require(!faults.isEmpty(), "faults is empty");
        }

        /** Whether all of it is what the protocol tolerates: then every violation is a bug. */
        public boolean isTolerated() {
            return faults.stream().allMatch(Fault::isAssumed);
        }

        private static void require(boolean holds, String what) {
            if (!holds) {
                throw new IllegalArgumentException(what);
            }
        }

        Simulation.Order order(long seed) {
            return new Simulation.Order(seed, nodes, faults, Parts.REAL, Set.of());
        }
    }

    /** Told of what happens meanwhile. */
    public interface Listener {

        /** About once a second. */
        void at(long seeds, long events, long violations);

        /** An invariant did not hold in that run. */
        void violated(Simulation.Order order, Simulation.Result result);
    }

    /**
     * What came of it.
     *
     * @param took by a clock on the wall
     * @param worked what a processor did for it, which on a busy machine is much less
     */
    public record Outcome(
            long seeds, long events, Duration took, Duration worked, long violations, Coverage coverage) {

        public long eventsPerSecond() {
            return rate(took);
        }

        public long eventsPerProcessorSecond() {
            return rate(worked);
        }

        private long rate(Duration time) {
            return time.isPositive() ? (long) (events * 1e9 / time.toNanos()) : 0;
        }
    }

    private Campaign() {}

    public static Outcome run(Plan plan, Listener listener) {
        Coverage coverage = new Coverage();
        long begun = System.nanoTime();
        long workedBefore = THREADS.getCurrentThreadCpuTime();
        long told = begun;
        long events = 0;
        long violations = 0;
        for (long i = 0; i < plan.seeds(); i++) {
            Simulation.Order order = plan.order(plan.from() + i);
            Simulation.Result result = Simulation.run(order, Story.untold());
            events += result.events();
            coverage.add(result.coverage());
            if (result.violation() != null) {
                violations++;
                listener.violated(order, result);
            }
            if (System.nanoTime() - told >= TOLD_EVERY_NANOS) {
                told = System.nanoTime();
                listener.at(i + 1, events, violations);
            }
        }
        return new Outcome(
                plan.seeds(), events, Duration.ofNanos(System.nanoTime() - begun),
                Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - workedBefore), violations, coverage);
    }
}
