package dev.holdfast.encoding.binding;

import dev.holdfast.core.state.Sorted;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A map with text keys, written in key order so that equal maps give equal bytes. */
record MapConversion(Conversion value) implements Conversion {

    @Override
    public Object toAvro(Object java) {
        return convert((Map<?, ?>) java, value::requiredToAvro);
    }

    @Override
    public Object fromAvro(Object avro) {
        return Collections.unmodifiableMap(convert((Map<?, ?>) avro, value::fromAvro));
    }

    @Override
    public Object read(AvroBytes bytes) {
        Map<String, Object> read = new TreeMap<>();
        for (int count = bytes.readBlock(); count > 0; count = bytes.readBlock()) {
            for (int i = 0; i < count; i++) {
                read.put(bytes.readString(), value.read(bytes));
            }
        }
        return Sorted.map(read);
    }

    private static Map<String, Object> convert(Map<?, ?> entries, UnaryOperator<Object> conversion) {
        Map<String, Object> converted = new TreeMap<>();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            String key = entry.getKey().toString();
            try {
                converted.put(key, conversion.apply(entry.getValue()));
            } catch (BindingException e) {
                throw e.in("[" + key + "]");
            }
        }
        return converted;
    }
}
