package dev.freshet.core.analyze;

import dev.freshet.core.analyze.Rule.Matter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query beside the table of rules: which of its wordings stand in it, at their places. */
final class Reading {
    private static final int LONGEST_TITLE = 6;
    private static final int LONGEST_SEARCH = 8;
    /** Words between which the second of two things must begin. */
    private static final int LONGEST_THING = 40;

    private static final int MOST_OPENINGS = 4;
    private static final int FEWEST_WORDS_BEFORE_A_JOINT = 2;

    /**
     * A wording in the query.
     *
     * @param word of the query that it begins with
     */
    record Hit(Rule rule, int word) {
        int end() {
            return word + rule.words().size();
        }
    }

    private final RuleTable rules;
    private final QueryWords words;
    private final int first;
    private final boolean title;
    private final boolean asks;
    private final boolean seeks;

    Reading(RuleTable rules, QueryWords words) {
        this.rules = rules;
        this.words = words;
        this.first = behindOpenings(0);
        String begins = first < words.count() ? words.text(first) : "";
        this.asks = rules.isOf("question", begins) || rules.isOf("auxiliary", begins);
        this.seeks = rules.isOf("seeks", begins);
        this.title =
                !asks && words.count() - first <= LONGEST_TITLE && words.query().indexOf('?') < 0;
    }

    /** The word behind "please" and the like; the same word where there is no such opening, or nothing behind it. */
    int behindOpenings(int from) {
        int word = from;
        for (int openings = 0; openings < MOST_OPENINGS; openings++) {
            Hit opening = at(Matter.OPENING, word, word);
            if (opening == null || opening.end() >= words.count()) {
                break;
            }
            word = opening.end();
        }
        return word;
    }

    /** The first word behind the openings. */
    int first() {
        return first;
    }

    /** The wordings on a matter, in the order of the query. */
    List<Hit> hits(Matter matter) {
        List<Hit> hits = new ArrayList<>();
        for (int word = 0; word < words.count(); ) {
            Hit hit = at(matter, word, first);
            if (hit != null && hit.rule().verdict() != Rule.Verdict.NOTHING) {
                hits.add(hit);
            }
            word = hit == null ? word + 1 : hit.end();
        }
        return hits;
    }

    private @Nullable Hit at(Matter matter, int word, int begin) {
        if (word >= words.count()) {
            return null;
        }
        for (Rule rule : rules.beginningWith(matter, words.text(word))) {
            if (rule.standsAt(words, word) && isRightPlace(rule, word, begin)) {
                return new Hit(rule, word);
            }
        }
        return null;
    }

    private boolean isRightPlace(Rule rule, int word, int begin) {
        int end = word + rule.words().size();
        return switch (rule.place()) {
            case BEGINS -> word == begin;
            case HAS -> true;
            case ENDS -> end == words.count();
            case TITLE -> title;
            case TITLE_END -> title && end == words.count();
            case WHERE -> seeks && words.count() - first <= LONGEST_SEARCH;
            case JOINS -> asks && word >= first + FEWEST_WORDS_BEFORE_A_JOINT && end < words.count();
            case BETWEEN -> word > first && end < words.count();
            case BEFORE -> sideAfter(end) > 0;
            case SHAPE -> false;
        };
    }

    /** The word, such as "and", that parts two things of which the first begins here; negative where there is none. */
    int sideAfter(int from) {
        int last = Math.min(words.count() - 1, from + LONGEST_THING);
        for (String group : List.of("side", "else-side")) {
            for (int word = from + 1; word < last; word++) {
                if (rules.isOf(group, words.text(word))) {
                    return word;
                }
            }
        }
        return -1;
    }
}
