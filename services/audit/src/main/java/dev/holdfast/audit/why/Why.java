package dev.holdfast.audit.why;

import dev.holdfast.audit.fold.Past;
import dev.holdfast.core.decide.WhyNot;
import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.Event;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.JournalEntry.JournalDecision;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Answers why, over what a journal tells up to a moment. */
public final class Why {

    /** A chain longer than that is no explanation. */
    private static final int LONGEST = 60;

    /** So much of a node's history stands before what answers. */
    private static final int BEFORE = 6;

    private final List<Told> all = new ArrayList<>();
    private ClusterState state = ClusterState.EMPTY;

    /**
     * Reads the past.
     *
     * @param until what was decided later is not known; {@link Instant#MAX} for everything
     */
    public Why(Past past, Instant until) {
        while (past.hasNext() && !past.peek().recordedAt().isAfter(until)) {
            Past.Turn turn = past.next();
            for (JournalDecision decided : turn.decisions()) {
                all.add(told(turn, decided));
            }
            state = turn.after();
        }
    }

    private static Told told(Past.Turn turn, JournalDecision decided) {
        ClusterState before = turn.before();
        Duration needed = decided.decision().event() instanceof NodeEvent.NodeFenced fenced
                ? WhyNot.silenceUntilFenced(before, before.node(fenced.node()))
                : null;
        String profile = before.settings() == null ? null : before.settings().timing().profile();
        return new Told(
                decided.entry(), turn.recordedAt(), decided.decision(), profile, needed, turn.input().body().summary());
    }

    /** Names that can be asked about: guests, then nodes. */
    public List<String> names() {
        Set<String> names = new TreeSet<>(state.guests().keySet());
        List<String> ordered = new ArrayList<>(names);
        state.nodes().keySet().stream().filter(node -> !names.contains(node)).forEach(ordered::add);
        return ordered;
    }

    /** The decision of that number; empty if it is not told of. */
    public Optional<Explanation> decision(long sequence) {
        return all.stream()
                .filter(told -> told.decision().sequence() == sequence)
                .findFirst()
                .map(told -> explained("decision " + sequence, told, around(told)));
    }

    /** The guest or node of that name, a guest first; empty if there is none. */
    public Optional<Explanation> named(String name) {
        if (state.guests().containsKey(name)) {
            return Optional.of(guest(state.guests().get(name)));
        }
        boolean known = state.nodes().containsKey(name) || state.isVoter(name);
        return known ? Optional.of(node(name)) : Optional.empty();
    }

    // ---- nodes

    /** Its last fencing if there was one, since that is what is asked about; else whatever was last decided about it. */
    private Explanation node(String name) {
        List<Told> about = all.stream().filter(told -> isAboutNode(told, name)).toList();
        Told answer = about.stream()
                .filter(told -> told.decision().event() instanceof NodeEvent.NodeFenced)
                .reduce((one, other) -> other)
                .orElse(about.isEmpty() ? null : about.getLast());
        List<Told> chain = new ArrayList<>();
        if (answer != null) {
            int at = about.indexOf(answer);
            chain.addAll(about.subList(Math.max(0, at - BEFORE), at));
            around(answer).stream().filter(told -> !chain.contains(told)).forEach(chain::add);
            about.stream()
                    .filter(told -> told.entry() > answer.entry() && !chain.contains(told))
                    .forEach(chain::add);
        }
        chain.sort(Comparator.comparing(Told::entry));
        return new Explanation(name, answer, limited(chain), List.of(), standing(state.node(name)));
    }

    private static boolean isAboutNode(Told told, String name) {
        return told.decision().event() instanceof NodeEvent event && event.node().equals(name);
    }

    private String standing(NodeState node) {
        return node.name() + (node.incarnation() == null ? "" : "/" + node.incarnation()) + " is "
                + node.liveness().name().toLowerCase(Locale.ROOT)
                + (node.whyNoGuests() == null ? "" : "; it takes no guests: " + node.whyNoGuests());
    }

    // ---- guests

    /** From where it was last well, or from its beginning, to where it is now. */
    private Explanation guest(GuestState guest) {
        List<Told> about = all.stream()
                .filter(told -> isAboutGuest(told, guest.name()) && !isCopying(told.decision().event()))
                .toList();
        if (about.isEmpty()) {
            return new Explanation(guest.name(), null, List.of(), WhyNot.refusals(state, guest), standing(guest));
        }
        Told answer = about.getLast();
        for (Told told : about) {
            if (decides(told.decision().event())) {
                answer = told;
            }
        }
        int begin = beginOf(about);
        List<Told> chain = new ArrayList<>(about.subList(begin, about.size()));
        fencesBehind(chain).forEach(fence -> {
            if (!chain.contains(fence)) {
                chain.add(fence);
            }
        });
        chain.sort(Comparator.comparing(Told::entry));
        return new Explanation(
                guest.name(), answer, limited(chain), WhyNot.refusals(state, guest), standing(guest));
    }

    /** The story begins after the guest was last well before its last start. */
    private static int beginOf(List<Told> about) {
        int start = 0;
        for (int i = 0; i < about.size(); i++) {
            if (about.get(i).decision().event() instanceof GuestEvent.StartGuest) {
                start = i;
            }
        }
        for (int i = start - 1; i >= 0; i--) {
            Event event = about.get(i).decision().event();
            if (event instanceof GuestEvent.GuestAnswering || event instanceof GuestEvent.GuestRecovered) {
                return i + 1;
            }
        }
        return 0;
    }

    private List<Told> fencesBehind(List<Told> chain) {
        Set<Long> inputs = new HashSet<>();
        chain.stream()
                .filter(told -> told.decision().event() instanceof GuestEvent.RunnerDischarged)
                .forEach(told -> inputs.add(told.decision().cause().logOffset()));
        return all.stream()
                .filter(told -> told.decision().event() instanceof NodeEvent.NodeFenced
                        && inputs.contains(told.decision().cause().logOffset()))
                .flatMap(fence -> around(fence).stream().filter(told -> told.entry() <= fence.entry()))
                .toList();
    }

    private static boolean isAboutGuest(Told told, String name) {
        return told.decision().event() instanceof GuestEvent event && event.guest().equals(name);
    }

    private static boolean isCopying(Event event) {
        return event instanceof GuestEvent.ReplicateNow || event instanceof GuestEvent.SetAside
                || event instanceof GuestEvent.DropAside || event instanceof GuestEvent.AsideDropped
                || event instanceof GuestEvent.HoldReplication;
    }

    private static boolean decides(Event event) {
        return event instanceof GuestEvent.StartGuest || event instanceof GuestEvent.StopGuest
                || event instanceof GuestEvent.PromoteReplica || event instanceof GuestEvent.GuestWaiting
                || event instanceof GuestEvent.GuestErrored;
    }

    private static String standing(GuestState guest) {
        String now = switch (guest.phase()) {
            case GuestPhase.Idle idle -> "does not run";
            case GuestPhase.Promoting promoting -> "is being promoted on " + promoting.node();
            case GuestPhase.Promoted promoted -> "is promoted on " + promoted.node();
            case GuestPhase.Starting starting -> "is being started on " + starting.runner().node();
            case GuestPhase.Running running ->
                "runs on " + running.runner().node() + (running.answering() ? " and answers" : " and does not answer");
            case GuestPhase.Stopping stopping -> "is being stopped on " + stopping.runner().node();
            case GuestPhase.Handing handing -> "moves from " + handing.source() + " to " + handing.target();
            case GuestPhase.Errored errored -> "is in error until a person clears it: " + errored.reason();
        };
        return guest.name() + " " + now + (guest.waiting() == null ? "" : "; it waits: " + guest.waiting().reason());
    }

    // ---- chains

    private Explanation explained(String subject, Told told, List<Told> chain) {
        String entity = told.decision().event().entity();
        GuestState guest = state.guests().get(entity);
        return new Explanation(
                subject, told, limited(chain), List.of(),
                guest != null ? standing(guest) : state.nodes().containsKey(entity) ? standing(state.node(entity)) : "");
    }

    /** What led to a decision and what it led to, as far as decisions name each other. */
    private List<Told> around(Told told) {
        List<Told> chain = new ArrayList<>();
        if (told.decision().event() instanceof NodeEvent.NodeFenced fenced) {
            suspicionOf(told, fenced).ifPresent(chain::add);
            chain.add(told);
            Set<String> guests = new TreeSet<>();
            for (Told later : all) {
                Event event = later.decision().event();
                boolean same = later.decision().cause().input().equals(told.decision().cause().input());
                if (later.entry() > told.entry() && event instanceof GuestEvent.RunnerDischarged discharged && same) {
                    guests.add(discharged.guest());
                    chain.add(later);
                }
            }
            guests.forEach(guest -> chain.addAll(untilWell(told, guest)));
        } else if (told.decision().event() instanceof GuestEvent guest) {
            chain.add(told);
            chain.addAll(untilWell(told, guest.guest()));
        } else {
            chain.add(told);
        }
        chain.sort(Comparator.comparing(Told::entry));
        return chain.stream().distinct().toList();
    }

    private Optional<Told> suspicionOf(Told fence, NodeEvent.NodeFenced fenced) {
        return all.stream()
                .filter(told -> told.entry() < fence.entry()
                        && told.decision().event() instanceof NodeEvent.NodeSuspected suspected
                        && suspected.node().equals(fenced.node())
                        && suspected.incarnation().equals(fenced.incarnation()))
                .reduce((one, other) -> other);
    }

    private List<Told> untilWell(Told from, String guest) {
        List<Told> chain = new ArrayList<>();
        for (Told told : all) {
            Event event = told.decision().event();
            if (told.entry() > from.entry() && isAboutGuest(told, guest) && !isCopying(event)) {
                chain.add(told);
                if (event instanceof GuestEvent.GuestRecovered || event instanceof GuestEvent.GuestErrored) {
                    break;
                }
            }
        }
        return chain;
    }

    /** The beginning and the end of what is too long to be read. */
    private static List<Told> limited(List<Told> chain) {
        if (chain.size() <= LONGEST) {
            return chain;
        }
        List<Told> kept = new ArrayList<>(chain.subList(0, LONGEST / 2));
        kept.addAll(chain.subList(chain.size() - LONGEST / 2, chain.size()));
        return kept;
    }

    /** All decisions about the cluster as a whole that hold now, as a freeze. */
    public Optional<String> obstacle() {
        if (state.frozen() != null) {
            return Optional.of("the cluster is frozen: " + state.frozen().reason());
        }
        return state.suspended()
                ? Optional.of("decisions are suspended: fewer than a majority of voters are live")
                : Optional.empty();
    }
}
