package dev.freshet.engines.extract;

/** White space as a reader of markup sees it: one space, whatever it is made of. */
final class Whitespace {
    private Whitespace() {}

    /** Appends text with its white space collapsed, also with that which stands at the end already. */
    static void collapseInto(StringBuilder out, CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isWhitespace(c) && c != '\u00A0' && !Character.isISOControl(c)) {
                out.append(c);
                continue;
            }
            boolean after =
                    out.isEmpty() || out.charAt(out.length() - 1) == ' ' || out.charAt(out.length() - 1) == '\n';
            if (!after) {
                out.append(' ');
            }
        }
    }

    static String collapsed(CharSequence text) {
        StringBuilder out = new StringBuilder(text.length());
        collapseInto(out, text);
        return out.toString().strip();
    }
}
