package dev.holdfast.recovery.spec;

/**
 * One thing wrong with a file, printed as {@code guest.yaml:12: probe.interval 'abc' must be …}.
 *
 * @param file  name as the person gave it
 * @param line  counted from 1; 0 if the problem is the file as a whole
 * @param field path of the field, for example {@code probe.interval} or {@code command[2]}; empty for the whole file
 * @param value what stands there; {@code null} if nothing does
 * @param rule  what is allowed and what to do
 */
public record Problem(String file, int line, String field, String value, String rule) {

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
        }
        text.append(':');
        if (!field.isEmpty()) {
            text.append(' ').append(field);
        }
        if (value != null) {
            text.append(" '").append(value).append('\'');
        }
        return text.append(' ').append(rule).toString();
    }
}
