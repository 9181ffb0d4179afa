package dev.freshet.local.dlq;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a dead letter: its place in the dead-letters topic, written as {@code partition@offset}. */
record Handle(int partition, long offset) implements Comparable<Handle> {
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,6})@([0-9]{1,18})");

    static Optional<Handle> parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        return matcher.matches()
                ? Optional.of(new Handle(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(Handle other) {
        return partition == other.partition
                ? Long.compare(offset, other.offset)
                : Integer.compare(partition, other.partition);
    }

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
