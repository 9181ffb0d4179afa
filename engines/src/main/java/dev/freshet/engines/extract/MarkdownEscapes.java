package dev.freshet.engines.extract;

/** Keeps text from being read as Markdown where a line begins: what stands inside of a line changes no block. */
final class MarkdownEscapes {
    private static final int LONGEST_NUMBER = 9;

    private MarkdownEscapes() {}

    /** The lines of a paragraph, each so that it is one. */
    static String of(String paragraph) {
        StringBuilder out = new StringBuilder(paragraph.length() + 8);
        for (String line : (Iterable<String>) paragraph.lines()::iterator) {
            String text = line.strip();
            if (text.isEmpty()) {
                continue;
            }
            out.append(out.isEmpty() ? "" : "\n");
            int at = placeOfEscape(text);
            out.append(text, 0, at)
                    .append(at < text.length() && isEscaped(text, at) ? "\\" : "")
                    .append(text, at, text.length());
        }
        return out.toString();
    }

    /** Where an escape would go: behind the digits of a number, else at the start. */
    private static int placeOfEscape(String line) {
        int digits = 0;
        while (digits < line.length() && line.charAt(digits) >= '0' && line.charAt(digits) <= '9') {
            digits++;
        }
        boolean number = digits > 0 && digits <= LONGEST_NUMBER && digits < line.length();
        return number && (line.charAt(digits) == '.' || line.charAt(digits) == ')') ? digits : 0;
    }

    private static boolean isEscaped(String line, int at) {
        if (at > 0) {
            return endsOrSpace(line, at + 1);
        }
        char c = line.charAt(0);
        return switch (c) {
            case '#', '>', '`', '~', '<', '|', '[', '=' -> true;
            case '-', '+', '*', '_' -> endsOrSpace(line, 1) || line.charAt(1) == c;
            default -> false;
        };
    }

    private static boolean endsOrSpace(String line, int at) {
        return at >= line.length() || Character.isWhitespace(line.charAt(at));
    }

    /** A fence that the text does not have. */
    static String fenceFor(String text) {
        int longest = 2;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return "`".repeat(longest + 1);
    }
}
