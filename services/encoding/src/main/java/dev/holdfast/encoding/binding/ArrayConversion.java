package dev.holdfast.encoding.binding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * A list, or a set. The elements of a set are written in Avro's order of the element's schema: the iteration order of
 * an immutable Java set differs from process to process, and equal values must give equal bytes.
 */
record ArrayConversion(Schema schema, Conversion element, boolean asSet) implements Conversion {

    @Override
    public Object toAvro(Object java) {
        Collection<?> elements = (Collection<?>) java;
        List<Object> converted = new ArrayList<>(elements.size());
        for (Object value : elements) {
            converted.add(at(converted.size(), () -> element.requiredToAvro(value)));
        }
        if (asSet) {
            converted.sort((a, b) -> GenericData.get().compare(a, b, schema.getElementType()));
        }
        return new GenericData.Array<>(schema, converted);
    }

    @Override
    public Object fromAvro(Object avro) {
        Collection<?> elements = (Collection<?>) avro;
        List<Object> converted = new ArrayList<>(elements.size());
        for (Object value : elements) {
            converted.add(at(converted.size(), () -> element.fromAvro(value)));
        }
        return asSet ? set(converted) : Collections.unmodifiableList(converted);
    }

    @Override
    public Object read(AvroBytes bytes) {
        List<Object> read = new ArrayList<>();
        for (int count = bytes.readBlock(); count > 0; count = bytes.readBlock()) {
            for (int i = 0; i < count; i++) {
                read.add(element.read(bytes));
            }
        }
        return asSet ? set(read) : Collections.unmodifiableList(read);
    }

    private static Set<Object> set(List<Object> elements) {
        Set<Object> set = new LinkedHashSet<>(elements);
        if (set.size() < elements.size()) {
            throw BindingException.of(elements, "must name each element once");
        }
        return Collections.unmodifiableSet(set);
    }

    private static Object at(int index, java.util.function.Supplier<Object> conversion) {
        try {
            return conversion.get();
        } catch (BindingException e) {
            throw e.in("[" + index + "]");
        }
    }
}
