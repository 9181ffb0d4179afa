package dev.freshet.core.analyze;

import java.util.ArrayList;
import java.util.List;

/**
 * A sentence of a query.
 *
 * @param from its first word
 * @param to behind its last one
 * @param asked whether a question mark ends it
 */
record Clause(int from, int to, boolean asked) {
    private static final int FEWEST_WORDS_OF_A_QUESTION = 2;

    int words() {
        return to - from;
    }

    /** Cuts at question and exclamation marks, semicolons, lines, and full stops before white space. */
    static List<Clause> of(QueryWords words, RuleTable rules) {
        return cut(words, rules, false);
    }

    /**
     * Those that ask something: cut at question marks alone where that finds as many, because a full stop may belong to an abbreviation.
     */
    static List<Clause> questions(QueryWords words, RuleTable rules) {
        List<Clause> asked = cut(words, rules, true).stream()
                .filter(clause -> clause.asked() && clause.words() >= FEWEST_WORDS_OF_A_QUESTION)
                .toList();
        List<Clause> begun = of(words, rules).stream()
                .filter(clause -> clause.words() > FEWEST_WORDS_OF_A_QUESTION)
                .filter(clause -> rules.isOf("question", words.text(clause.from())))
                .toList();
        return asked.size() >= begun.size() ? asked : begun;
    }

    private static List<Clause> cut(QueryWords words, RuleTable rules, boolean atQuestionMarksOnly) {
        List<Clause> clauses = new ArrayList<>();
        int from = 0;
        for (int word = 0; word < words.count(); word++) {
            int mark = mark(words, rules, word);
            boolean ends = atQuestionMarksOnly ? mark == '?' : mark != 0;
            if (ends || word + 1 == words.count()) {
                clauses.add(new Clause(from, word + 1, mark == '?'));
                from = word + 1;
            }
        }
        return clauses;
    }

    /** The one that a word is in. */
    static Clause around(QueryWords words, RuleTable rules, int word) {
        return of(words, rules).stream()
                .filter(clause -> word >= clause.from() && word < clause.to())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no word " + word));
    }

    private static int mark(QueryWords words, RuleTable rules, int word) {
        String query = words.query();
        int mark = 0;
        for (int i = words.end(word); i < words.endOfGap(word); i++) {
            char c = query.charAt(i);
            boolean stop = c == '.'
                    && (i + 1 == query.length() || Character.isWhitespace(query.charAt(i + 1)))
                    && !(i == words.end(word) && isAbbreviation(words.text(word), rules));
            if (c == '?' || c == '？') {
                return '?';
            }
            if (stop || c == '!' || c == ';' || c == '\n' || c == '。' || c == '！') {
                mark = c;
            }
        }
        return mark;
    }

    private static boolean isAbbreviation(String word, RuleTable rules) {
        return word.length() == 1 || rules.isOf("abbreviation", word);
    }
}
