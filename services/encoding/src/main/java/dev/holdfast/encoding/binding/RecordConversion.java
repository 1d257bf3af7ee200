package dev.holdfast.encoding.binding;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;

/** A record and an Avro record, field by field. */
final class RecordConversion implements Conversion {

    /** One component: how to read it, and the field it is bound to. */
    record Part(MethodHandle accessor, Schema.Field field, Conversion conversion) {}

    private final Class<?> type;
    private final Schema schema;
    private final MethodHandle constructor;
    private final List<Part> parts;
    /** In the order of the schema's fields, which is that of the bytes. */
    private final Conversion[] inOrder;
    /** For each field, which argument of the constructor it is. */
    private final int[] arguments;

    RecordConversion(Class<?> type, Schema schema, List<Part> parts) {
        this.type = type;
        this.schema = schema;
        this.parts = List.copyOf(parts);
        this.constructor = constructorOf(type);
        this.inOrder = new Conversion[parts.size()];
        this.arguments = new int[parts.size()];
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            inOrder[part.field().pos()] = part.conversion();
            arguments[part.field().pos()] = i;
        }
    }

    @Override
    public Object toAvro(Object java) {
        GenericData.Record avro = new GenericData.Record(schema);
        for (Part part : parts) {
            try {
                avro.put(part.field().pos(), part.conversion().requiredToAvro(read(part.accessor(), java)));
            } catch (BindingException e) {
                throw e.in(part.field().name());
            }
        }
        return avro;
    }

    @Override
    public Object fromAvro(Object avro) {
        IndexedRecord values = (IndexedRecord) avro;
        Object[] converted = new Object[parts.size()];
        for (int i = 0; i < converted.length; i++) {
            Part part = parts.get(i);
            try {
                converted[i] = part.conversion().fromAvro(values.get(part.field().pos()));
            } catch (BindingException e) {
                throw e.in(part.field().name());
            }
        }
        return construct(converted, avro);
    }

    @Override
    public Object read(AvroBytes bytes) {
        Object[] values = new Object[inOrder.length];
        for (int field = 0; field < values.length; field++) {
            values[arguments[field]] = inOrder[field].read(bytes);
        }
        return construct(values, type);
    }

    private Object construct(Object[] values, Object avro) {
        try {
            return constructor.invokeExact(values);
        } catch (RuntimeException e) {
            throw BindingException.of(avro, "no " + type.getSimpleName() + ": " + e.getMessage(), e);
        } catch (Throwable e) {
            throw new AssertionError("a record's constructor declares no exception", e);
        }
    }

    private static Object read(MethodHandle accessor, Object java) {
        try {
            return accessor.invokeExact(java);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("an accessor declares no exception", e);
        }
    }

    private static MethodHandle constructorOf(Class<?> type) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findConstructor(type, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw BindingException.of("", "the constructor of " + type + " is out of reach", e);
        }
    }

    static MethodHandle accessorOf(Class<?> type, RecordComponent component) {
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .unreflect(component.getAccessor())
                    .asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException e) {
            throw BindingException.of("", "the accessor of " + type + "." + component.getName() + " is out of reach", e);
        }
    }
}
