package dev.freshet.core.cost;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Names as labels of metrics. Flink writes an underscore for a point, a colon, a comma or a space, so that two tenants could become one:
 * all but letters, digits, {@code -} and {@code _} are written as {@code %} and the hexadecimal bytes of their UTF-8.
 */
public final class MetricLabel {
    /** Stands for all that have no label of their own; no name has it as its label. */
    public static final String OTHER = "other";

    private static final String NAMED_OTHER = "%6Fther";

    private MetricLabel() {}

    public static String of(String name) {
        if (name.equals(OTHER)) {
            return NAMED_OTHER;
        }
        StringBuilder label = new StringBuilder(name.length());
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(octet)) {
                label.append((char) octet);
            } else {
                label.append("%%%02X".formatted(octet & 0xFF));
            }
        }
        return label.toString();
    }

    /** The name that has this label; that of {@link #OTHER} is the same. */
    public static String nameOf(String label) {
        return URLDecoder.decode(label, StandardCharsets.UTF_8);
    }

    private static boolean isPlain(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '-'
                || octet == '_';
    }
}
