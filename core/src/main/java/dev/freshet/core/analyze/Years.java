package dev.freshet.core.analyze;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds a year or a quarter that a query names as a time, not as a number of something. */
final class Years {
    private static final Set<String> QUARTERS = Set.of("q1", "q2", "q3", "q4", "h1", "h2");
    private static final int DIGITS = 4;

    private final RuleTable rules;
    private final QueryWords words;

    Years(RuleTable rules, QueryWords words) {
        this.rules = rules;
        this.words = words;
    }

    /** What is named, in words; null where nothing is. */
    @Nullable
    String named() {
        for (int word = 0; word < words.count(); word++) {
            String text = words.text(word);
            if (QUARTERS.contains(text) && isQuarter(word)) {
                return "the quarter or half " + text.charAt(0) + text.charAt(1);
            }
            if (isFiscalYear(text)) {
                return "a fiscal year";
            }
            if (isYear(text) && standsAlone(word) && isTime(word)) {
                return "the year " + text.substring(0, DIGITS);
            }
        }
        return null;
    }

    /** Halves only beside a year: H1 is also a heading. */
    private boolean isQuarter(int word) {
        return words.text(word).charAt(0) == 'q'
                || (word + 1 < words.count() && isYear(words.text(word + 1)))
                || (word > 0 && isYear(words.text(word - 1)));
    }

    private static boolean isFiscalYear(String text) {
        return text.startsWith("fy")
                && (text.length() == 4 || text.length() == 6)
                && text.chars().skip(2).allMatch(c -> c >= '0' && c <= '9');
    }

    /** 1900 to 2099, and the decades of that time. */
    private static boolean isYear(String text) {
        boolean decade = text.length() == DIGITS + 1 && text.endsWith("0s");
        return (text.length() == DIGITS || decade)
                && (text.startsWith("19") || text.startsWith("20"))
                && isDigit(text.charAt(2))
                && isDigit(text.charAt(3));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Not as a part of a number, an identifier or an amount of money; a range of years has a dash. */
    private boolean standsAlone(int word) {
        String query = words.query();
        int start = words.start(word);
        int end = words.end(word);
        char before = start == 0 ? ' ' : query.charAt(start - 1);
        char behind = end == query.length() ? ' ' : query.charAt(end);
        boolean range = (word > 0 && isYear(words.text(word - 1)))
                || (word + 1 < words.count() && isYear(words.text(word + 1)));
        boolean joinedBefore = "-–/".indexOf(before) >= 0 && !range;
        boolean joinedBehind = "-–/".indexOf(behind) >= 0 && !range;
        boolean partOfNumber = (behind == '.' || behind == ',' || behind == ':')
                && end + 1 < query.length()
                && Character.isLetterOrDigit(query.charAt(end + 1));
        return !joinedBefore && !joinedBehind && !partOfNumber && "$€£#.:%@".indexOf(before) < 0 && behind != '%';
    }

    private boolean isTime(int word) {
        String before = word == 0 ? "" : words.text(word - 1);
        if (rules.isOf("before-year", before)) {
            return true;
        }
        boolean second = word > 1 && rules.isOf("between-years", before) && isYear(words.text(word - 2));
        boolean ends = words.text(word).length() > DIGITS || endsClause(word);
        boolean quarter = word + 1 < words.count() && QUARTERS.contains(words.text(word + 1));
        return second || quarter || ((word == 0 || ends) && !rules.isOf("before-number", before));
    }

    private boolean endsClause(int word) {
        if (word + 1 == words.count()) {
            return true;
        }
        char behind = words.query().charAt(words.end(word));
        return behind != ' ' && behind != '\'' && behind != '’';
    }
}
