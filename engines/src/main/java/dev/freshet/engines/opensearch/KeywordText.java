package dev.freshet.engines.opensearch;

import java.text.BreakIterator;
import java.util.Locale;

/** Cuts a query text before it has more words than OpenSearch lets a query have clauses. */
final class KeywordText {
    /** Each word becomes one clause per field; OpenSearch refuses queries of more than 1024 clauses. */
    private static final int MAX_WORDS = 300;

    private KeywordText() {}

    static String cut(String text) {
        if (text.length() <= MAX_WORDS) {
            return text;
        }
        BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
        words.setText(text);
        int count = 0;
        int start = words.first();
        for (int end = words.next(); end != BreakIterator.DONE; start = end, end = words.next()) {
            // The iterator keeps runs of ideographs together; the analyzer does not.
            count += text.substring(start, end).isBlank() ? 0 : wordsIn(text, start, end);
            if (count > MAX_WORDS) {
                return text.substring(0, start);
            }
        }
        return text;
    }

    private static int wordsIn(String text, int start, int end) {
        boolean ideographic = Character.isIdeographic(text.codePointAt(start));
        return ideographic ? text.codePointCount(start, end) : 1;
    }
}
