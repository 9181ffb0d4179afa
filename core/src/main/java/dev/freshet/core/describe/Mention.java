package dev.freshet.core.describe;

/**
 * An entity where it stands in a text.
 *
 * @param entity as {@code kind:value}
 * @param start of its characters in the text
 * @param end behind the last of them
 */
public record Mention(String entity, int start, int end) {
    /** Whether it is a date. */
    public boolean isDate() {
        return entity.startsWith("date:");
    }
}
