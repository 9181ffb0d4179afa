package dev.freshet.core.analyze;

import java.util.Arrays;

/** What the characters of a query are, by the name that the table of rules has for it. */
enum QueryShape {
    LONE_IDENTIFIER("a lone identifier"),
    PATH("a path or file name"),
    ERROR_CODE("an error code"),
    ERROR_NAME("the name of an error"),
    ERROR_STATUS("an error status"),
    STACK_TRACE("a stack trace");

    private final String label;

    QueryShape(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    static QueryShape of(String label) {
        return Arrays.stream(values())
                .filter(shape -> shape.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no shape " + label));
    }
}
