package dev.holdfast.node.cluster;

/** A configuration value that breaks a rule: names field, value and rule, so that it can be corrected without the code. */
public final class InvalidConfig extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * @param field dotted name as written in the file
     * @param value what was found; null means the field is missing
     * @param rule  what it has to be, as a phrase that starts with a verb
     */
    public InvalidConfig(String field, Object value, String rule) {
        super(field + (value == null ? " is missing: " : " = '" + value + "': ") + rule);
    }

    InvalidConfig(String file, InvalidConfig inFile) {
        super(file + ": " + inFile.getMessage(), inFile);
    }

    static void require(boolean holds, String field, Object value, String rule) {
        if (!holds) {
            throw new InvalidConfig(field, value, rule);
        }
    }
}
