package dev.freshet.core.chunk;

/** Where lines end. */
final class Lines {
    private Lines() {}

    /** The offset after the line break that ends the line, or the end of the text. */
    static int end(String text, int from) {
        int lineBreak = text.indexOf('\n', from);
        return lineBreak < 0 ? text.length() : lineBreak + 1;
    }

    /** The offset of the first character of the line. */
    static int start(String text, int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }

    static boolean isBlank(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
