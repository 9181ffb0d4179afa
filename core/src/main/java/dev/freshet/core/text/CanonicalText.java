package dev.freshet.core.text;

import java.text.Normalizer;

/**
 * The one form in which a document's text is hashed, chunked, stored and cited: Unicode NFC, lines ended by
 * {@code \n}, no byte order mark, lone surrogates as U+FFFD, other control characters as spaces.
 *
 * <p>The form is idempotent, so offsets into a stored text stay true however often it passes through here. A text with more
 * than {@value #MOST_MARKS} combining marks in a row, which no script has, is not brought into NFC.
 */
public final class CanonicalText {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    // To normalise is to sort the marks on each letter, which takes the square of their number.
    private static final int MOST_MARKS = 64;
    private static final int FIRST_MARK = 0x300;

    /** Stands for what cannot be shown. */
    public static final char REPLACEMENT = '\uFFFD';

    private CanonicalText() {}

    /** The canonical form of a text; linear in its length. */
    public static String of(String text) {
        String clean = needsCleaning(text) ? clean(text) : text;
        return hasEndlessMarks(clean) || Normalizer.isNormalized(clean, Normalizer.Form.NFC)
                ? clean
                : Normalizer.normalize(clean, Normalizer.Form.NFC);
    }

    /**
     * The text with lone surrogates as U+FFFD. JSON can express them, UTF-8 cannot: no writer after this one has to
     * fear them.
     */
    public static String encodable(String text) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
                continue;
            }
            clean = clean == null ? new StringBuilder(text) : clean;
            clean.setCharAt(i, REPLACEMENT);
        }
        return clean == null ? text : clean.toString();
    }

    private static boolean hasEndlessMarks(String text) {
        int marks = 0;
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            i += Character.charCount(c) - 1;
            marks = c >= FIRST_MARK && isMark(c) ? marks + 1 : 0;
            if (marks > MOST_MARKS) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean needsCleaning(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isControl(c) || Character.isSurrogate(c) || c == BYTE_ORDER_MARK) {
                return true;
            }
        }
        return false;
    }

    private static String clean(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                boolean windowsLineEnd = i + 1 < text.length() && text.charAt(i + 1) == '\n';
                if (!windowsLineEnd) {
                    out.append('\n');
                }
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else if (Character.isSurrogate(c)) {
                out.append(REPLACEMENT);
            } else if (isControl(c)) {
                out.append(' ');
            } else if (c != BYTE_ORDER_MARK) {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isControl(char c) {
        return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
    }
}
