package dev.freshet.local.terminal;

/** Text from outside as a terminal may show it: what would steer the terminal, or hide, is written out. */
public final class Escaped {

    private Escaped() {}

    /** In one line. */
    public static String line(String text) {
        return escape(text, false);
    }

    /** With its line ends and tabs. */
    public static String lines(String text) {
        return escape(text, true);
    }

    private static String escape(String text, boolean keepLines) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean kept = keepLines && (point == '\n' || point == '\t');
            if (kept || !steers(point)) {
                out.appendCodePoint(point);
            } else if (Character.isBmpCodePoint(point)) {
                out.append("\\u%04x".formatted(point));
            } else {
                out.append("\\u{%x}".formatted(point));
            }
        });
        return out.toString();
    }

    private static boolean steers(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
