package dev.holdfast.encoding.binding;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/** Finds out how a Java type and a schema go together; the table of what goes with what is in the package's words. */
final class AvroBinder {

    private final Collection<Class<?>> known;

    /**
     * @param known records that may stand where an interface that is not sealed is declared; those of sealed
     *     interfaces are found without it
     */
    AvroBinder(Collection<? extends Class<?>> known) {
        this.known = List.copyOf(known);
    }

    /**
     * @throws BindingException if they do not go together
     */
    Conversion bind(Type type, Schema schema, DurationUnit unit) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            return new Nullable(
                    bind(generic.getActualTypeArguments()[0], withoutNull(schema), unit), nullAt(schema), true);
        }
        if (schema.isUnion() && schema.isNullable()) {
            return new Nullable(bindPresent(type, withoutNull(schema), unit), nullAt(schema), false);
        }
        return bindPresent(type, schema, unit);
    }

    private Conversion bindPresent(Type type, Schema schema, DurationUnit unit) {
        if (type instanceof ParameterizedType generic) {
            return bindCollection(generic, schema, unit);
        }
        Class<?> plain = (Class<?>) type;
        Conversion scalar = Scalars.of(plain, schema, unit);
        if (scalar != null) {
            return scalar;
        }
        if (plain.isEnum()) {
            return new EnumConversion(plain, schema);
        }
        return plain.isInterface() ? bindUnion(plain, schema) : bindRecord(plain, schema);
    }

    private Conversion bindCollection(ParameterizedType type, Schema schema, DurationUnit unit) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        if (Collection.class.isAssignableFrom(raw) && schema.getType() == Schema.Type.ARRAY) {
            Conversion element = bind(arguments[0], schema.getElementType(), unit);
            return new ArrayConversion(schema, element, Set.class.isAssignableFrom(raw));
        }
        if (Map.class.isAssignableFrom(raw) && schema.getType() == Schema.Type.MAP && arguments[0] == String.class) {
            return new MapConversion(bind(arguments[1], schema.getValueType(), unit));
        }
        throw BindingException.of("", type + " does not go with " + schema);
    }

    private Conversion bindRecord(Class<?> type, Schema schema) {
        if (!type.isRecord() || schema.getType() != Schema.Type.RECORD || !isNamed(schema, type)) {
            throw BindingException.of("", type.getName() + " does not go with the schema " + schema.getFullName());
        }
        List<RecordConversion.Part> parts = new ArrayList<>();
        Set<String> bound = new HashSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            try {
                RecordConversion.Part part = bindComponent(type, component, schema);
                parts.add(part);
                bound.add(part.field().name());
            } catch (BindingException e) {
                throw e.in(component.getName());
            }
        }
        for (Schema.Field field : schema.getFields()) {
            if (!bound.contains(field.name())) {
                throw BindingException.of("", type.getName() + " has no component for the field " + field.name());
            }
        }
        return new RecordConversion(type, schema, parts);
    }

    private RecordConversion.Part bindComponent(Class<?> type, RecordComponent component, Schema schema) {
        String name = component.getName();
        Schema.Field field = schema.getField(name);
        DurationUnit unit = null;
        for (DurationUnit candidate : DurationUnit.values()) {
            if (field == null && schema.getField(name + candidate) != null) {
                field = schema.getField(name + candidate);
                unit = candidate;
            }
        }
        if (field == null) {
            throw BindingException.of("", "the schema " + schema.getFullName() + " has no field for it");
        }
        if (component.getType().isPrimitive() && field.schema().isNullable()) {
            throw BindingException.of("", "a " + component.getType() + " cannot be null, in the schema it can");
        }
        Conversion conversion = bind(component.getGenericType(), field.schema(), unit);
        return new RecordConversion.Part(RecordConversion.accessorOf(type, component), field, conversion);
    }

    private Conversion bindUnion(Class<?> type, Schema schema) {
        Set<Class<?>> candidates = new LinkedHashSet<>();
        collect(type, candidates);
        UnionConversion union = new UnionConversion(!schema.isUnion());
        Set<Class<?>> matched = bindBranches(candidates, schema, union);
        if (type.isSealed() && !matched.containsAll(candidates)) {
            candidates.removeAll(matched);
            throw BindingException.of("", "the union for " + type.getSimpleName() + " lacks " + candidates);
        }
        return union;
    }

    /** Each branch of the union is one of the candidates; there may be candidates without a branch. */
    UnionConversion bindBranches(Collection<? extends Class<?>> candidates, Schema schema) {
        UnionConversion union = new UnionConversion(!schema.isUnion());
        bindBranches(candidates, schema, union);
        return union;
    }

    private Set<Class<?>> bindBranches(
            Collection<? extends Class<?>> candidates, Schema schema, UnionConversion union) {
        Set<Class<?>> matched = new HashSet<>();
        for (Schema branch : schema.isUnion() ? schema.getTypes() : List.of(schema)) {
            Class<?> match = onlyMatch(branch, candidates);
            matched.add(match);
            union.add(match, branch.getFullName(), bindRecord(match, branch));
        }
        return matched;
    }

    private static Class<?> onlyMatch(Schema branch, Collection<? extends Class<?>> candidates) {
        List<Class<?>> matches = new ArrayList<>();
        candidates.stream().filter(candidate -> isNamed(branch, candidate)).forEach(matches::add);
        if (matches.size() != 1) {
            throw BindingException.of("", "the schema " + branch.getFullName()
                    + " must be named after exactly one of the records that can stand here; it is after " + matches);
        }
        return matches.getFirst();
    }

    private void collect(Class<?> type, Set<Class<?>> leaves) {
        if (!type.isInterface()) {
            leaves.add(type);
        } else if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(permitted, leaves);
            }
        } else {
            known.stream().filter(type::isAssignableFrom).forEach(leaves::add);
        }
    }

    private static boolean isNamed(Schema schema, Class<?> type) {
        String simple = type.getSimpleName();
        Class<?> enclosing = type.getEnclosingClass();
        return schema.getName().equals(simple)
                || enclosing != null && schema.getName().equals(enclosing.getSimpleName() + simple);
    }

    private static int nullAt(Schema union) {
        return union.getTypes().stream().map(Schema::getType).toList().indexOf(Schema.Type.NULL);
    }

    private static Schema withoutNull(Schema schema) {
        if (!schema.isUnion()) {
            throw BindingException.of("", "a value that may be missing needs a union with null, not " + schema);
        }
        List<Schema> present =
                schema.getTypes().stream().filter(branch -> branch.getType() != Schema.Type.NULL).toList();
        return present.size() == 1 ? present.getFirst() : Schema.createUnion(present);
    }
}
