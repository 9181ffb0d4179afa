package dev.freshet.core.analyze;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a query has between double quotes, straight or typographic. A quote that is not closed, or stands for inches, is none. */
final class QuotedPhrases {
    private static final int MOST = 8;
    private static final int LONGEST = 200;

    /** Opening marks, and below each the marks that close it. */
    private static final String OPENING = "\"“„«»";

    private static final List<String> CLOSING = List.of("\"", "”", "“”", "»", "«");

    private QuotedPhrases() {}

    static List<String> of(String query) {
        Set<String> phrases = new LinkedHashSet<>();
        boolean[] unclosed = new boolean[OPENING.length()];
        for (int i = 0; i < query.length() && phrases.size() < MOST; i++) {
            int kind = OPENING.indexOf(query.charAt(i));
            if (kind < 0 || unclosed[kind] || isBehindWord(query, i)) {
                continue;
            }
            int close = next(query, CLOSING.get(kind), i + 1);
            // No other of its kind is closed either: without this, many of them would take the square of their number.
            unclosed[kind] = close < 0;
            if (close >= 0) {
                String phrase = query.substring(i + 1, close).strip();
                if (phrase.length() <= LONGEST && phrase.codePoints().anyMatch(Character::isLetterOrDigit)) {
                    phrases.add(phrase);
                }
                i = close;
            }
        }
        return List.copyOf(phrases);
    }

    private static boolean isBehindWord(String query, int i) {
        return i > 0 && Character.isLetterOrDigit(query.charAt(i - 1));
    }

    private static int next(String query, String marks, int from) {
        for (int i = from; i < query.length(); i++) {
            if (marks.indexOf(query.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
