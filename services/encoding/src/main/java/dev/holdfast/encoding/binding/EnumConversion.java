package dev.holdfast.encoding.binding;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** An enum and an Avro enum with the same symbols. */
final class EnumConversion implements Conversion {

    private final Object[] inOrder;
    private final Map<String, Object> constants = new HashMap<>();
    private final Map<Object, GenericData.EnumSymbol> symbols = new HashMap<>();

    EnumConversion(Class<?> type, Schema schema) {
        Object[] values = type.getEnumConstants();
        List<String> names = Arrays.stream(values).map(value -> ((Enum<?>) value).name()).toList();
        if (schema.getType() != Schema.Type.ENUM || !schema.getEnumSymbols().equals(names)) {
            throw BindingException.of("", "the enum " + type.getSimpleName() + " has the constants " + names
                    + ", the schema says " + schema);
        }
        this.inOrder = values;
        for (Object value : values) {
            String name = ((Enum<?>) value).name();
            constants.put(name, value);
            symbols.put(value, new GenericData.EnumSymbol(schema, name));
        }
    }

    @Override
    public Object toAvro(Object java) {
        return symbols.get(java);
    }

    @Override
    public Object read(AvroBytes bytes) {
        return inOrder[bytes.readInt()];
    }

    @Override
    public Object fromAvro(Object avro) {
        return constants.get(avro.toString());
    }
}
