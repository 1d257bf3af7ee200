package dev.holdfast.encoding;

import dev.holdfast.core.guest.DrillPolicy;
import dev.holdfast.core.guest.FreezeHook;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.NodeRules;
import dev.holdfast.core.guest.ProbeSpec;
import dev.holdfast.core.guest.ProbeTiming;
import dev.holdfast.core.guest.ReplicationPolicy;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.guest.RestartPolicy;
import dev.holdfast.core.guest.VolumeKind;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolState;
import dev.holdfast.core.node.Timing;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Random records, the same for the same seed. What may be null is what the schema says may be null. */
final class Samples {

    private final Random random;

    Samples(long seed) {
        this.random = new Random(seed);
    }

    /** A random record of that class, which the schema describes. */
    Record record(Class<?> type, Schema schema) {
        Object ruled = ruled(type);
        if (ruled != null) {
            return (Record) ruled;
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = component(components[i], schema);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return (Record) constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("cannot make a " + type, e);
        }
    }

    /** Records whose own rules random values would break. */
    private Object ruled(Class<?> type) {
        if (type == Incarnation.class) {
            return new Incarnation(1 + random.nextInt(1_000), 1 + random.nextInt(1_000));
        } else if (type == Timing.class) {
            return List.of(Timing.FAST, Timing.DEFAULT, Timing.CAREFUL).get(random.nextInt(3));
        } else if (type == ClusterSettings.class) {
            return new ClusterSettings(
                    random.nextLong(), text(), text(), List.of("a", "b", "c"), (Timing) ruled(Timing.class),
                    millis(0, 1_000_000), 1 + random.nextInt(9), text(), text());
        } else if (type == PoolHealth.class) {
            return poolHealth();
        } else if (type == GuestSpec.class) {
            return guestSpec();
        }
        return null;
    }

    private PoolHealth poolHealth() {
        long size = random.nextLong(1L << 50);
        return new PoolHealth(
                text(), PoolState.values()[random.nextInt(PoolState.values().length)], size,
                size == 0 ? 0 : random.nextLong(size), random.nextInt(100),
                random.nextBoolean() ? null : Instant.ofEpochMilli(random.nextLong(2_000_000_000_000L)), text());
    }

    private FreezeHook freezeHook() {
        return new FreezeHook(
                List.of("freeze", "${volume}"), random.nextBoolean() ? List.of() : List.of("thaw"), millis(100, 60_000),
                FreezeHook.OnFailure.values()[random.nextInt(2)]);
    }

    private GuestSpec guestSpec() {
        ProbeTiming timing = new ProbeTiming(
                millis(100, 600_000), millis(50, 60_000), 1 + random.nextInt(100), millis(1_000, 3_600_000));
        ProbeSpec probe = switch (random.nextInt(3)) {
            case 0 -> new ProbeSpec.Tcp(timing);
            case 1 -> new ProbeSpec.Http("/health", 200, 200 + random.nextInt(100), timing);
            default -> new ProbeSpec.Sql("jdbc:h2:tcp://${address}:${port}/x", maybe("sa"), maybe(""), "SELECT 1", timing);
        };
        return new GuestSpec(
                "db" + random.nextInt(100), List.of("${java}", text().replace("$", "") + "x"), Map.of("B", "2", "A", "1"),
                VolumeKind.DIRECTORY, maybe("127.77.100.1"), 1 + random.nextInt(65_535), probe,
                new RestartPolicy(
                        random.nextInt(101), millis(1_000, 10_000), millis(0, 1_000), millis(1_000, 3_600_000),
                        random.nextInt(101), millis(10_000, 1_000_000)),
                new ReplicationPolicy(
                        millis(1_000, 86_400_000), millis(10, 2_000), 1 + random.nextInt(100), 1 + random.nextInt(100),
                        random.nextBoolean() ? null : millis(3_600_000, 1_000_000_000),
                        random.nextBoolean() ? null : freezeHook()),
                random.nextBoolean() ? null : millis(0, 1_000_000),
                RequestedState.values()[random.nextInt(4)],
                new NodeRules(List.of("a", "b"), List.of("b"), random.nextBoolean(), random.nextBoolean()),
                millis(0, 600_000), DrillPolicy.values()[random.nextInt(3)]);
    }

    private Object component(RecordComponent component, Schema schema) {
        for (String unit : List.of("", "Ms", "Ns")) {
            Schema.Field field = schema.getField(component.getName() + unit);
            if (field != null) {
                return value(component.getGenericType(), field.schema(), unit);
            }
        }
        throw new AssertionError(schema.getFullName() + " has no field for " + component);
    }

    private Object value(Type type, Schema schema, String unit) {
        if (schema.isUnion() && schema.isNullable()) {
            List<Schema> present = schema.getTypes().stream().filter(s -> s.getType() != Schema.Type.NULL).toList();
            Schema one = present.get(random.nextInt(present.size()));
            return random.nextInt(3) == 0 ? null : value(type, one, unit);
        }
        return switch (type) {
            case ParameterizedType generic -> collection(generic, schema, unit);
            case Class<?> plain -> plainValue(plain, schema, unit);
            default -> throw new AssertionError("unexpected " + type);
        };
    }

    private Object collection(ParameterizedType type, Schema schema, String unit) {
        int size = random.nextInt(4);
        Type[] arguments = type.getActualTypeArguments();
        if (Collection.class.isAssignableFrom((Class<?>) type.getRawType())) {
            return new ArrayList<>(IntStream.range(0, size)
                    .mapToObj(i -> value(arguments[0], schema.getElementType(), unit))
                    .toList());
        }
        Map<String, Object> entries = new HashMap<>();
        for (int i = 0; i < size; i++) {
            entries.put(text(), value(arguments[1], schema.getValueType(), unit));
        }
        return entries;
    }

    private Object plainValue(Class<?> type, Schema schema, String unit) {
        if (type == Duration.class) {
            return unit.equals("Ms") ? millis(0, 1_000_000_000) : Duration.ofNanos(random.nextLong());
        } else if (type == Instant.class) {
            return Instant.ofEpochMilli(random.nextLong(2_000_000_000_000L));
        } else if (type == String.class) {
            return text();
        } else if (type == long.class || type == Long.class) {
            return random.nextBoolean() ? random.nextLong() : (Object) (long) (random.nextInt(10) - 1);
        } else if (type == int.class) {
            return random.nextInt();
        } else if (type == double.class) {
            return random.nextDouble();
        } else if (type == boolean.class) {
            return random.nextBoolean();
        } else if (type == byte[].class) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            return bytes;
        } else if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        } else if (type.isSealed()) {
            List<Class<?>> leaves = leaves(type).toList();
            Class<?> leaf = leaves.get(random.nextInt(leaves.size()));
            return record(leaf, branchFor(leaf, schema));
        }
        return record(type, schema);
    }

    static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(Samples::leaves) : Stream.of(type);
    }

    /** The branch of the union that is named after that class. */
    static Schema branchFor(Class<?> leaf, Schema schema) {
        return (schema.isUnion() ? schema.getTypes() : List.of(schema)).stream()
                .filter(branch -> branch.getName().endsWith(leaf.getSimpleName()))
                .min((a, b) -> a.getName().length() - b.getName().length())
                .orElseThrow(() -> new AssertionError("no branch for " + leaf + " in " + schema.getTypes()));
    }

    private Duration millis(long least, long most) {
        return Duration.ofMillis(least + random.nextLong(most - least + 1));
    }

    private String maybe(String text) {
        return random.nextBoolean() ? text : null;
    }

    private String text() {
        return Long.toString(random.nextLong() & Long.MAX_VALUE, 36) + (random.nextInt(4) == 0 ? " ü→\u00e9" : "");
    }
}
