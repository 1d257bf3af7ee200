package dev.holdfast.replication.transport;

/** A setting that breaks its rule, for whoever knows what it is called in a file. */
public final class BadSetting extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String value;
    private final String rule;

    /** @param rule what it has to be, as a phrase that starts with a verb */
    public BadSetting(String field, Object value, String rule) {
        super(field + " = '" + value + "': " + rule);
        this.field = field;
        this.value = String.valueOf(value);
        this.rule = rule;
    }

    static void require(boolean holds, String field, Object value, String rule) {
        if (!holds) {
            throw new BadSetting(field, value, rule);
        }
    }

    public String field() {
        return field;
    }

    public String value() {
        return value;
    }

    public String rule() {
        return rule;
    }
}
