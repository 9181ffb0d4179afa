package dev.freshet.core.analyze;

/** Takes from a question the words that make it one. */
record Question(RuleTable rules, QueryWords words, Reading reading) {
    private static final int MOST_AUXILIARIES = 2;
    /** More of them at an end mean nothing, and would have to be counted again and again. */
    private static final int MOST_CLOSING_MARKS = 3;

    private static final String MARKS = "?!.,;:([{“„«";
    private static final String CLOSING = ")]}”»\"";
    private static final String OPENED_BY = "([{“«\"";

    /** The words without openings, question word, auxiliary verbs and pronoun at their beginning; empty where nothing else is there. */
    String withoutLead(int from, int to) {
        int word = behindLead(Math.min(reading.behindOpenings(from), to), to);
        return word >= to ? "" : text(word, to);
    }

    private int behindLead(int begin, int to) {
        int from = skip("conjunction", begin, to, 1);
        int word = skip("question", from, to, 1);
        boolean asks = word > from;
        word = asks ? skip("amount", word, to, 1) : word;
        int verb = skip("auxiliary", word, to, MOST_AUXILIARIES);
        int subject = skip("pronoun", verb, to, 1);
        if (verb == word) {
            return word;
        }
        if (subject > verb) {
            return skip("auxiliary", subject, to, 1);
        }
        // Without a question word some of these may be names, as in "will smith" and "may release".
        boolean verbIsOne =
                asks || !rules.isOf("modal", words.text(word)) || (verb < to && rules.isOf("the", words.text(verb)));
        return verbIsOne ? verb : from;
    }

    private int skip(String group, int from, int to, int most) {
        int word = from;
        while (word < to && word < from + most && rules.isOf(group, words.text(word))) {
            word++;
        }
        return word;
    }

    /** Without marks around it, and quotation marks and brackets that are not closed in it. */
    private String text(int from, int to) {
        String query = words.query();
        int start = words.start(from);
        int end = words.endOfGap(to - 1);
        int closing = 0;
        while (end > start) {
            char last = query.charAt(end - 1);
            int closes = CLOSING.indexOf(last);
            if (closes >= 0 && (++closing > MOST_CLOSING_MARKS || isOpened(start, end, closes))) {
                break;
            }
            if (closes < 0 && !Character.isWhitespace(last) && MARKS.indexOf(last) < 0) {
                break;
            }
            end--;
        }
        return query.substring(start, end);
    }

    private boolean isOpened(int start, int end, int closes) {
        char close = CLOSING.charAt(closes);
        char open = OPENED_BY.charAt(closes);
        int closed = 0;
        int opened = 0;
        for (int i = start; i < end; i++) {
            char c = words.query().charAt(i);
            closed += c == close ? 1 : 0;
            opened += c == open ? 1 : 0;
        }
        return close == open ? closed % 2 == 0 : opened >= closed;
    }
}
