package dev.freshet.core.analyze;

import java.util.Locale;

/** Letters in lower case, one for each: a language's own rules would make more of some. */
final class LowerCase {
    private static final int FIRST_NOT_ASCII = 0x80;

    private LowerCase() {}

    /** The text in lower case; linear in its length, which that of the platform is not for a text of capital I with dots. */
    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST_NOT_ASCII) {
                return ofEach(text);
            }
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static String ofEach(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
        return lower.toString();
    }
}
