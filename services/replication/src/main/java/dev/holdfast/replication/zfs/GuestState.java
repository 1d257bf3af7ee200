package dev.holdfast.replication.zfs;

import dev.holdfast.replication.volume.StoredSnapshot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything ZFS said of one guest at one moment. */
final class GuestState {

    static final String SNAPSHOT = "holdfast:snapshot";
    static final String ORIGIN = "holdfast:origin";
    static final String ASIDE = "holdfast:aside";
    static final String COMMON = "holdfast:common";
    static final String RECEIVING = "holdfast:receiving";
    static final String TOKEN = "receive_resume_token";

    private static final List<String> EVERYWHERE = List.of(
            "type", "guid", "origin", "createtxg", "mounted", "mountpoint", "readonly", "userrefs", "used",
            "usedbydataset", "referenced", "available", SNAPSHOT, ORIGIN, ASIDE, COMMON, RECEIVING);

    private final String container;
    private final Map<String, Dataset> datasets = new LinkedHashMap<>();
    private final List<Snap> snapshots;
    private final List<Mark> marks;

    /** A property and whether it was set here, not inherited. */
    private record Value(String text, boolean own) {}

    /** @param properties what was asked for; absent ones are not in it */
    record Dataset(String name, Map<String, String> properties) {

        Optional<String> property(String property) {
            return Optional.ofNullable(properties.get(property));
        }

        /** Name of the snapshot it is a clone of. */
        Optional<String> origin() {
            return property("origin");
        }

        boolean is(String property, String value) {
            return value.equals(properties.get(property));
        }

        long bytes(String property) {
            return property(property).map(Long::parseLong).orElse(0L);
        }
    }

    /**
     * A snapshot as ZFS knows it.
     *
     * @param identity empty if it is none of ours, or not complete
     */
    record Snap(
            String dataset, String name, String guid, long createdTxg, int holds, long referenced,
            Optional<Identity> identity) {

        String fullName() {
            return dataset + "@" + name;
        }

        boolean looksLikeOurs() {
            return name.startsWith("hf-");
        }

        StoredSnapshot stored() {
            return new StoredSnapshot(identity.orElseThrow().snapshot(guid), referenced, OptionalInt.empty());
        }
    }

    /** A bookmark: what is left of a snapshot when that goes. */
    record Mark(String dataset, String name, String guid, long createdTxg) {

        String fullName() {
            return dataset + "#" + name;
        }

        boolean looksLikeOurs() {
            return name.startsWith("hf-");
        }
    }

    /**
     * What an increment can build on.
     *
     * @param argument as {@code zfs send -i} takes it
     * @param snapshot empty if there is only a bookmark of it
     */
    record Base(String guid, long createdTxg, String argument, Optional<Snap> snapshot) {

        static Base of(Snap snapshot) {
            return new Base(snapshot.guid(), snapshot.createdTxg(), "@" + snapshot.name(), Optional.of(snapshot));
        }

        static Base of(Mark mark) {
            return new Base(mark.guid(), mark.createdTxg(), "#" + mark.name(), Optional.empty());
        }
    }

    private GuestState(String container, Map<String, Map<String, Value>> said) {
        this.container = container;
        this.snapshots = said.entrySet().stream()
                .filter(entry -> entry.getValue().get("type").text().equals("snapshot"))
                .map(entry -> snap(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Snap::createdTxg))
                .toList();
        this.marks = said.entrySet().stream()
                .filter(entry -> entry.getValue().get("type").text().equals("bookmark"))
                .map(entry -> mark(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Mark::createdTxg))
                .toList();
        said.forEach((name, values) -> {
            if (values.get("type").text().equals("filesystem")) {
                datasets.put(name, new Dataset(name, dataset(values)));
            }
        });
    }

    /** The properties to ask for. */
    static String wanted(ZfsCapabilities can) {
        String wanted = String.join(",", EVERYWHERE);
        wanted += can.resumeTokens() ? "," + TOKEN : "";
        return can.encryption() ? wanted + ",encryption" : wanted;
    }

    /** @param lines of {@code zfs get -Hp -r -o name,property,value,source}; none if there is nothing of the guest */
    static GuestState parse(String container, List<String> lines) {
        Map<String, Map<String, Value>> said = new LinkedHashMap<>();
        for (String line : lines) {
            String[] fields = line.split("\t", -1);
            if (!fields[2].equals("-")) {
                boolean own = fields[3].equals("local") || fields[3].equals("received") || fields[3].equals("-");
                said.computeIfAbsent(fields[0], name -> new HashMap<>()).put(fields[1], new Value(fields[2], own));
            }
        }
        return new GuestState(container, said);
    }

    private static Map<String, String> dataset(Map<String, Value> values) {
        Map<String, String> properties = new HashMap<>();
        values.forEach((property, value) -> {
            // Ours say something of the dataset they were set on; a parent's would mislead.
            if (value.own() || !property.startsWith("holdfast:")) {
                properties.put(property, value.text());
            }
        });
        return properties;
    }

    private static Snap snap(String fullName, Map<String, Value> values) {
        int at = fullName.indexOf('@');
        return new Snap(
                fullName.substring(0, at),
                fullName.substring(at + 1),
                values.get("guid").text(),
                Long.parseLong(values.get("createtxg").text()),
                Integer.parseInt(values.getOrDefault("userrefs", new Value("0", true)).text()),
                Long.parseLong(values.get("referenced").text()),
                identity(values.get(SNAPSHOT)));
    }

    private static Mark mark(String fullName, Map<String, Value> values) {
        int hash = fullName.indexOf('#');
        return new Mark(
                fullName.substring(0, hash),
                fullName.substring(hash + 1),
                values.get("guid").text(),
                Long.parseLong(values.get("createtxg").text()));
    }

    private static Optional<Identity> identity(Value value) {
        try {
            return Optional.ofNullable(value).filter(Value::own).map(own -> Identity.decode(own.text()));
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    boolean exists() {
        return !datasets.isEmpty();
    }

    Optional<String> containerProperty(String property) {
        return Optional.ofNullable(datasets.get(container)).flatMap(found -> found.property(property));
    }

    long containerBytes(String property) {
        return Optional.ofNullable(datasets.get(container)).map(found -> found.bytes(property)).orElse(0L);
    }

    /** @param part what comes behind the guest's name, for example {@code live} */
    Optional<Dataset> part(String part) {
        return Optional.ofNullable(datasets.get(container + "/" + part));
    }

    /** The guest's datasets whose last name begins so, by name. */
    List<Dataset> partsBeginning(String prefix) {
        return datasets.values().stream()
                .filter(dataset -> dataset.name().startsWith(container + "/" + prefix))
                .toList();
    }

    Dataset partOf(Snap snapshot) {
        return datasets.get(snapshot.dataset());
    }

    boolean hasChildren(Dataset dataset) {
        return datasets.keySet().stream().anyMatch(name -> name.startsWith(dataset.name() + "/"));
    }

    /** Every snapshot, of ours or not, in the order in which they came into being. */
    List<Snap> snapshots() {
        return snapshots;
    }

    List<Snap> snapshotsOf(Dataset dataset) {
        return snapshots.stream().filter(snap -> snap.dataset().equals(dataset.name())).toList();
    }

    /** The youngest snapshot of a dataset, of ours or not: what an increment to it has to build on. */
    Optional<Snap> head(Dataset dataset) {
        List<Snap> all = snapshotsOf(dataset);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** The youngest complete snapshot of a dataset. */
    Optional<Snap> completeHead(Dataset dataset) {
        return snapshotsOf(dataset).stream().filter(snap -> snap.identity().isPresent()).reduce((one, next) -> next);
    }

    /** Complete snapshots, by epoch and sequence. */
    List<Snap> complete() {
        return snapshots.stream()
                .filter(snap -> snap.identity().isPresent())
                .sorted(Comparator.comparing(Snap::stored))
                .toList();
    }

    Optional<Snap> find(String guid) {
        return complete().stream().filter(snap -> snap.guid().equals(guid)).findFirst();
    }

    /** Every bookmark, of ours or not, in the order in which their snapshots came into being. */
    List<Mark> marks() {
        return marks;
    }

    /** What an increment to this one can build on, newest first: complete snapshots, and bookmarks of others. */
    List<Base> bases(Snap wanted) {
        List<Base> here = snapshotsOf(partOf(wanted)).stream()
                .filter(snap -> snap.identity().isPresent())
                .map(Base::of)
                .toList();
        Set<String> known = here.stream().map(Base::guid).collect(Collectors.toSet());
        Stream<Base> gone = marks.stream()
                .filter(mark -> mark.dataset().equals(wanted.dataset()) && known.add(mark.guid()))
                .map(Base::of);
        return Stream.concat(here.stream(), gone)
                .filter(base -> base.createdTxg() < wanted.createdTxg())
                .sorted(Comparator.comparingLong(Base::createdTxg).reversed())
                .toList();
    }

    /** Names of snapshots that something was cloned from. */
    Set<String> origins() {
        Set<String> origins = new HashSet<>();
        datasets.values().forEach(dataset -> dataset.origin().ifPresent(origins::add));
        return origins;
    }
}
