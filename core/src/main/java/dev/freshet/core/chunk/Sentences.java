package dev.freshet.core.chunk;

import java.text.BreakIterator;
import java.util.Locale;

/** Finds the sentences of prose, as Unicode Standard Annex 29 and the platform have them; also where a text has no spaces. */
public final class Sentences {
    /** Takes the offsets of one sentence: of its first character, and after the white space behind its last. */
    @FunctionalInterface
    interface Taker {
        void take(int start, int end);
    }

    private Sentences() {}

    /** Sentences that have a letter or a digit. */
    public static int count(String text) {
        int[] count = {0};
        forEach(text, 0, text.length(), (start, end) -> count[0] += hasWord(text, start, end) ? 1 : 0);
        return count[0];
    }

    static void forEach(String text, int start, int end, Taker taker) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        breaks.setText(text.substring(start, end));
        int from = breaks.first();
        for (int to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
            taker.take(start + from, start + to);
        }
    }

    static boolean hasWord(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
