package dev.holdfast.core.decide;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.message.FenceReport;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.message.Message;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.ShutdownPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Machines to which anything may happen, in an order that only the seed knows, while guests really run on them:
 * power fails, links are cut, beats and reports are late or lost, orders are carried out late. A guest on a machine
 * that is cut off lives as long as lease and watchdog let it, and no decision may start another one by then.
 */
final class RandomWorld {

    private static final String[] GUESTS = {"db", "web"};

    /** A guest's process. */
    private record Process(String guest, String node, long epoch) {}

    final Cluster cluster;
    final Random random;
    private final Ledger ledger = new Ledger();
    private final List<GuestEvent.GuestOrder> orders = new ArrayList<>();
    private final List<Message> lateReports = new ArrayList<>();
    private final Set<Process> alive = new HashSet<>();
    private final Map<String, Duration> leaseEnds = new HashMap<>();
    private final Map<String, Long> floors = new HashMap<>();
    private int read;
    private long snapshots;
    int starts;

    RandomWorld(long seed, String... voters) {
        random = new Random(seed);
        cluster = Cluster.beating(voters);
        for (String guest : GUESTS) {
            cluster.declare(Guests.named(guest));
        }
    }

    /** One thing happens, and nothing may run twice. */
    void step() {
        cluster.silenceFor(Duration.ofMillis(random.nextInt(400)));
        killWhatOutlivedItsLease();
        happen(random.nextInt(1000));
        List<GuestEvent.GuestOrder> news = cluster.events().subList(read, cluster.events().size()).stream()
                .filter(GuestEvent.GuestOrder.class::isInstance).map(GuestEvent.GuestOrder.class::cast).toList();
        ledger.check(cluster.decisions().subList(read, cluster.decisions().size()));
        read = cluster.events().size();
        orders.addAll(news);
    }

    private void happen(int dice) {
        if (dice < 550) {
            beatAll();
        } else if (dice < 800) {
            carryOutOne();
        } else if (dice < 880) {
            reportOne();
        } else if (dice < 940) {
            replicate();
        } else if (dice < 950) {
            command();
        } else if (dice < 960) {
            crashGuest();
        } else if (dice < 966) {
            somewhere(machine -> { if (machine.up) { power(machine); } });
        } else if (dice < 971) {
            somewhere(machine -> machine.up = false);
        } else if (dice < 996) {
            somewhere(this::comeBack);
        } else if (dice < 997) {
            somewhere(machine -> { if (machine.up) { renewed(machine); cluster.beatLost(machine.name); } });
        } else {
            cluster.silenceFor(Duration.ofSeconds(random.nextInt(8)));
        }
    }

    private void somewhere(Consumer<Machine> happening) {
        List<Machine> machines = List.copyOf(cluster.machines.values());
        happening.accept(machines.get(random.nextInt(machines.size())));
    }

    private void beatAll() {
        for (Machine machine : cluster.machines.values()) {
            if (machine.up && random.nextInt(10) > 0) {
                if (lapsed(machine)) {
                    machine.up = false;
                } else if (random.nextInt(20) == 0) {
                    cluster.beatUnread(machine.name);
                } else {
                    renewed(machine);
                    cluster.beat(machine.name);
                }
            }
        }
    }

    private boolean lapsed(Machine machine) {
        Duration end = leaseEnds.get(machine.name);
        return end != null && cluster.world().compareTo(end) >= 0;
    }

    private void renewed(Machine machine) {
        leaseEnds.put(machine.name, cluster.world().plus(machine.lease));
    }

    /** The guard of a machine kills its guests once the lease has ended, at the latest after the watchdog's time. */
    private void killWhatOutlivedItsLease() {
        alive.removeIf(process -> {
            Duration end = leaseEnds.get(process.node());
            return end == null || cluster.world().compareTo(end.plus(cluster.machine(process.node()).wd)) >= 0;
        });
    }

    private void power(Machine machine) {
        machine.up = false;
        alive.removeIf(process -> process.node().equals(machine.name));
        leaseEnds.remove(machine.name);
        if (random.nextInt(4) == 0) {
            cluster.report(new FenceReport(machine.name, machine.incarnation, true, "agent", "off"));
        }
    }

    private void comeBack(Machine machine) {
        if (machine.up) {
            return;
        }
        boolean sameBoot = random.nextBoolean();
        if (sameBoot && random.nextBoolean()) {
            cluster.lapse(machine.name, Lapsed.Reason.LEASE_EXPIRED);
        }
        alive.removeIf(process -> process.node().equals(machine.name));
        leaseEnds.remove(machine.name);
        if (sameBoot) {
            machine.restart();
        } else {
            machine.reboot(cluster.world());
        }
        renewed(machine);
        cluster.beat(machine.name);
    }

    private void carryOutOne() {
        if (orders.isEmpty()) {
            return;
        }
        GuestEvent.GuestOrder order = orders.remove(random.nextInt(Math.min(3, orders.size())));
        Machine machine = cluster.machine(order.node());
        if (machine.up && machine.incarnation.equals(order.incarnation()) && !lapsed(machine)) {
            carryOut(order, machine);
        }
    }

    private void carryOut(GuestEvent.GuestOrder order, Machine machine) {
        switch (order) {
            case GuestEvent.StartGuest start -> start(start, machine);
            case GuestEvent.StopGuest stop -> {
                if (alive.remove(new Process(stop.guest(), machine.name, stop.epoch()))) {
                    ended(stop.guest(), machine, stop.epoch(), true);
                }
            }
            case GuestEvent.PromoteReplica promote -> file(random.nextInt(4) == 0
                    ? new ReplicaReport.PromoteFailed(
                            promote.guest(), machine.name, machine.incarnation, promote.epoch(), "chance")
                    : new ReplicaReport.ReplicaPromoted(
                            promote.guest(), machine.name, machine.incarnation, promote.epoch(), promote.minimum()));
            case GuestEvent.ReplicateFinal last -> {
                Snapshot snapshot = snapshot(last.epoch(), machine);
                file(new ReplicaReport.SnapshotTaken(
                        last.guest(), machine.name, machine.incarnation, snapshot, 0, true));
                file(random.nextInt(4) == 0
                        ? new ReplicaReport.ReplicationFailed(
                                last.guest(), machine.name, machine.incarnation, last.target(), "chance", 1)
                        : new ReplicaReport.Replicated(
                                last.guest(), last.target(), last.targetIncarnation(), snapshot, 1, Duration.ZERO));
            }
            case GuestEvent.SetAside aside -> file(new ReplicaReport.SetAsideDone(
                    aside.guest(), machine.name, machine.incarnation, aside.epoch(), random.nextBoolean() ? "" : "aside",
                    1, aside.promoted()));
            case GuestEvent.ReplicateNow now -> { }
            case GuestEvent.HoldReplication hold -> { }
            case GuestEvent.DropAside drop -> file(random.nextInt(4) == 0
                    ? new ReplicaReport.DropAsideFailed(
                            drop.guest(), machine.name, machine.incarnation, drop.aside(), "chance")
                    : new ReplicaReport.DropAsideDone(
                            drop.guest(), machine.name, machine.incarnation, drop.aside()));
        }
    }

    private void start(GuestEvent.StartGuest start, Machine machine) {
        long floor = floors.getOrDefault(machine.name + "/" + start.guest(), 0L);
        if (start.epoch() <= floor || random.nextInt(8) == 0) {
            file(new GuestReport.StartFailed(start.guest(), start.epoch(), machine.name, machine.incarnation,
                    machine.clock(cluster.world()), random.nextBoolean(), false, "chance"));
            floors.merge(machine.name + "/" + start.guest(), start.epoch(), Math::max);
            return;
        }
        floors.put(machine.name + "/" + start.guest(), start.epoch());
        alive.stream().filter(other -> other.guest().equals(start.guest())).findAny().ifPresent(other -> {
            throw new AssertionError("double run: " + start + " beside " + other + " at " + cluster.world());
        });
        starts++;
        alive.add(new Process(start.guest(), machine.name, start.epoch()));
        machine.running.put(start.guest(), start.epoch());
        file(new GuestReport.GuestStarted(start.guest(), start.epoch(), machine.name, machine.incarnation,
                machine.clock(cluster.world()), 1));
        file(new GuestReport.GuestHealth(start.guest(), start.epoch(), machine.name, machine.incarnation,
                machine.clock(cluster.world()), random.nextInt(6) > 0, "chance"));
    }

    private void crashGuest() {
        Iterator<Process> any = alive.iterator();
        if (any.hasNext()) {
            Process process = any.next();
            Machine machine = cluster.machine(process.node());
            if (machine.up) {
                any.remove();
                ended(process.guest(), machine, process.epoch(), false);
            }
        }
    }

    private void ended(String guest, Machine machine, long epoch, boolean asked) {
        machine.running.remove(guest);
        file(new GuestReport.GuestStopped(guest, epoch, machine.name, machine.incarnation,
                machine.clock(cluster.world()), asked, "ended"));
    }

    /** Reports are read in the order in which they were filed, but later than anything else. */
    private void file(Message report) {
        lateReports.add(report);
        if (random.nextBoolean()) {
            reportOne();
        }
    }

    private void reportOne() {
        if (!lateReports.isEmpty()) {
            Message report = lateReports.removeFirst();
            cluster.report(report);
            if (random.nextInt(10) == 0) {
                cluster.report(report);
            }
        }
    }

    private void replicate() {
        for (Process process : alive) {
            Machine owner = cluster.machine(process.node());
            Snapshot snapshot = snapshot(process.epoch(), owner);
            somewhere(target -> {
                if (owner.up && target.up && target != owner) {
                    file(new ReplicaReport.Replicated(
                            process.guest(), target.name, target.incarnation, snapshot, 1, Duration.ZERO));
                }
            });
        }
    }

    private Snapshot snapshot(long epoch, Machine owner) {
        snapshots++;
        return new Snapshot(
                "s" + snapshots, epoch, snapshots, owner.clock(cluster.world()), owner.name, owner.incarnation);
    }

    private void command() {
        String guest = GUESTS[random.nextInt(GUESTS.length)];
        String node = List.copyOf(cluster.machines.keySet()).get(random.nextInt(cluster.machines.size()));
        switch (random.nextInt(18)) {
            case 0 -> cluster.ask(new OperatorCommand.Switchover(guest, random.nextBoolean() ? node : null));
            case 1 -> cluster.ask(new OperatorCommand.RequestStop(guest));
            case 2, 3 -> cluster.ask(new OperatorCommand.RequestStart(guest));
            case 4, 5 -> cluster.ask(new OperatorCommand.ClearGuest(guest));
            case 6 -> cluster.ask(new OperatorCommand.AcceptLoss(guest));
            case 7 -> cluster.ask(new OperatorCommand.DrainNode(node));
            case 8 -> cluster.ask(new OperatorCommand.RequestDisable(guest));
            case 9 -> cluster.ask(new OperatorCommand.RequestIgnore(guest));
            case 10 -> cluster.ask(new OperatorCommand.BeginMaintenance(node));
            case 11 -> cluster.ask(new OperatorCommand.EndMaintenance(node));
            case 12 -> cluster.ask(new OperatorCommand.ShutdownNode(
                    node, ShutdownPolicy.values()[random.nextInt(4)], random.nextBoolean()));
            case 13 -> cluster.ask(new OperatorCommand.RequestReplication(guest));
            case 14 -> cluster.ask(new OperatorCommand.PauseReplication(guest));
            case 15 -> cluster.ask(new OperatorCommand.ResumeReplication(guest));
            case 16 -> cluster.ask(new OperatorCommand.DropDivergent(guest, node, "aside"));
            default -> {
                if (random.nextInt(3) == 0) {
                    cluster.ask(new OperatorCommand.RemoveGuest(guest, random.nextBoolean()));
                }
                cluster.declare(Guests.named(guest));
            }
        }
    }
}
