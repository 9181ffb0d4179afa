package dev.freshet.core.analyze;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a query in lower case, and where they stand. What is looked for literally is one word, which has no text: no rule speaks
 * of what is inside it. Letters of scripts without spaces are words of their own.
 */
final class QueryWords {
    private static final String LITERAL = "";
    private static final int FIRST_OTHER_SCRIPT = 0x0E00;
    private static final int FIRST_MARK = 0x300;

    /** A part of the query. */
    record Span(int start, int end) {}

    private final String query;
    private final List<String> texts = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();

    private QueryWords(String query) {
        this.query = query;
    }

    /** Without anything literal. */
    static QueryWords of(String query) {
        return of(query, List.of());
    }

    /** @param literal parts that are one word each, in their order, none inside another */
    static QueryWords of(String query, List<Span> literal) {
        QueryWords words = new QueryWords(query);
        int from = 0;
        for (Span span : literal) {
            words.read(from, span.start());
            words.texts.add(LITERAL);
            words.spans.add(span);
            from = span.end();
        }
        words.read(from, query.length());
        return words;
    }

    private void read(int from, int to) {
        for (int i = from; i < to; ) {
            int c = query.codePointAt(i);
            int end = i + Character.charCount(c);
            if (isInWord(c)) {
                end = standsAlone(c) ? end : endOfWord(end, to);
                add(i, end);
            }
            i = end;
        }
    }

    private void add(int start, int end) {
        texts.add(LowerCase.of(query.substring(start, end)).replace('’', '\''));
        spans.add(new Span(start, end));
    }

    private int endOfWord(int from, int to) {
        int end = from;
        while (end < to) {
            int c = query.codePointAt(end);
            int next = end + Character.charCount(c);
            boolean inWord = isInWord(c) && !standsAlone(c);
            boolean apostrophe = (c == '\'' || c == '’') && next < to && Character.isLetter(query.codePointAt(next));
            if (!inWord && !apostrophe) {
                break;
            }
            end = next;
        }
        return withSigns(end, to);
    }

    /** C++ and C# are words. */
    private int withSigns(int end, int to) {
        if (end + 2 <= to && query.startsWith("++", end)) {
            return end + 2;
        }
        boolean sharp = end < to && query.charAt(end) == '#';
        return sharp && (end + 1 == to || !isInWord(query.codePointAt(end + 1))) ? end + 1 : end;
    }

    private static boolean isInWord(int c) {
        return Character.isLetterOrDigit(c) || c == '_' || (c >= FIRST_MARK && isMark(c));
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean standsAlone(int c) {
        if (c < FIRST_OTHER_SCRIPT) {
            return false;
        }
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }

    String query() {
        return query;
    }

    int count() {
        return texts.size();
    }

    /** In lower case; empty where something literal stands. */
    String text(int word) {
        return texts.get(word);
    }

    boolean isLiteral(int word) {
        return texts.get(word).isEmpty();
    }

    int start(int word) {
        return spans.get(word).start();
    }

    int end(int word) {
        return spans.get(word).end();
    }

    /** Where the characters between a word and the next one end. */
    int endOfGap(int word) {
        return word + 1 < count() ? start(word + 1) : query.length();
    }

    /** As it stands in the query. */
    String original(int word) {
        return query.substring(start(word), end(word));
    }
}
