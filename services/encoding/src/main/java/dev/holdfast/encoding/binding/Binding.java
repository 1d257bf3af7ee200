package dev.holdfast.encoding.binding;

import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * A Java type bound to a schema. Made once and used by any number of threads.
 *
 * @param <T> a record, or an interface that stands for several records
 */
public final class Binding<T> {

    private final Class<T> type;
    private final Conversion conversion;

    private Binding(Class<T> type, Conversion conversion) {
        this.type = type;
        this.conversion = conversion;
    }

    /**
     * Binds a record, or a sealed interface of records, to a schema.
     *
     * @throws BindingException if they do not go together, naming the component
     */
    public static <T> Binding<T> of(Class<T> type, Schema schema) {
        return new Binding<>(type, new AvroBinder(List.of()).bind(type, schema, null));
    }

    /**
     * Binds an interface, or {@code Record} for any of them, to a union of records.
     *
     * @param known the records it can be; each branch of the union must be the name of one of them
     * @throws BindingException if they do not go together, naming the component
     */
    public static <T> Binding<T> ofUnion(Class<T> type, Collection<? extends Class<?>> known, Schema schema) {
        return new Binding<>(type, new AvroBinder(known).bindBranches(known, schema));
    }

    /**
     * @throws BindingException if the schema cannot hold a value of the record
     */
    public IndexedRecord toAvro(T value) {
        return (IndexedRecord) conversion.requiredToAvro(value);
    }

    /**
     * Reads a value that was written with exactly the bound schema, which is much faster than {@link #fromAvro}.
     *
     * @throws RuntimeException for whatever is out of the ordinary: Avro's own decoder and {@link #fromAvro} can tell
     *     whether it is a value, and what is wrong with it
     */
    public T read(AvroBytes bytes) {
        return type.cast(conversion.read(bytes));
    }

    /**
     * @param avro of exactly the bound schema, or of one of the branches of the bound union
     * @throws BindingException if a record refuses the values
     */
    public T fromAvro(Object avro) {
        return type.cast(conversion.fromAvro(avro));
    }
}
