package dev.holdfast.encoding.binding;

/**
 * A record and a schema, or a value and a field, do not go together. Says which field, what was found there and why it
 * will not do.
 */
public final class BindingException extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int LONGEST_EXCERPT = 120;

    private final String field;
    private final String excerpt;
    private final String reason;

    private BindingException(String field, String excerpt, String reason, Throwable cause) {
        super(reason, cause);
        this.field = field;
        this.excerpt = excerpt;
        this.reason = reason;
    }

    static BindingException of(Object value, String reason) {
        return new BindingException("", excerptOf(value), reason, null);
    }

    static BindingException of(Object value, String reason, Throwable cause) {
        return new BindingException("", excerptOf(value), reason, cause);
    }

    /** The same problem, seen from the record or collection around it. */
    public BindingException in(String parent) {
        boolean joins = field.isEmpty() || field.startsWith("[");
        return new BindingException(parent + (joins ? "" : ".") + field, excerpt, reason, getCause());
    }

    /** Path of the field, for example {@code body.seen[b].offset}; empty for the whole value. */
    public String field() {
        return field;
    }

    /** What was found, shortened; empty where the types and not the values are wrong. */
    public String excerpt() {
        return excerpt;
    }

    public String reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return (field.isEmpty() ? "" : field + " ") + (excerpt.isEmpty() ? "" : "is " + excerpt + ": ") + reason;
    }

    private static String excerptOf(Object value) {
        String text = String.valueOf(value);
        return text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT) + "…";
    }
}
