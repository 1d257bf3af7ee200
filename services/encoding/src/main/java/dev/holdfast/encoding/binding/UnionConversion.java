package dev.holdfast.encoding.binding;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericContainer;

/** One of several records, told apart by its class in Java and by its name in Avro. */
final class UnionConversion implements Conversion {

    private final Map<Class<?>, Conversion> byClass = new HashMap<>();
    private final Map<String, Conversion> byName = new HashMap<>();

    void add(Class<?> type, String avroName, Conversion conversion) {
        byClass.put(type, conversion);
        byName.put(avroName, conversion);
    }

    @Override
    public Object toAvro(Object java) {
        Conversion conversion = byClass.get(java.getClass());
        if (conversion == null) {
            throw BindingException.of(java, java.getClass().getSimpleName() + " is none of " + byName.keySet());
        }
        return conversion.toAvro(java);
    }

    @Override
    public Object fromAvro(Object avro) {
        return byName.get(((GenericContainer) avro).getSchema().getFullName()).fromAvro(avro);
    }
}
