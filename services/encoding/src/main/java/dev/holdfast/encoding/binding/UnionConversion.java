package dev.holdfast.encoding.binding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericContainer;

/** One of several records, told apart by its class in Java and by its name in Avro. */
final class UnionConversion implements Conversion {

    private final Map<Class<?>, Conversion> byClass = new HashMap<>();
    private final Map<String, Conversion> byName = new HashMap<>();

    private final List<Conversion> inOrder = new ArrayList<>();
    private final boolean isOne;

    /**
     * @param isOne whether there is no union in the schema, but the only record that can stand here
     */
    UnionConversion(boolean isOne) {
        this.isOne = isOne;
    }

    void add(Class<?> type, String avroName, Conversion conversion) {
        byClass.put(type, conversion);
        byName.put(avroName, conversion);
        inOrder.add(conversion);
    }

    int branches() {
        return inOrder.size();
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
    public Object read(AvroBytes bytes) {
        return read(bytes, isOne ? 0 : bytes.readIndex(inOrder.size()));
    }

    Object read(AvroBytes bytes, int branch) {
        return inOrder.get(branch).read(bytes);
    }

    @Override
    public Object fromAvro(Object avro) {
        return byName.get(((GenericContainer) avro).getSchema().getFullName()).fromAvro(avro);
    }
}
