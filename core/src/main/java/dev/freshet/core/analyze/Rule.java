package dev.freshet.core.analyze;

import java.util.List;
import java.util.Locale;

/**
 * One wording of a line of the table.
 *
 * @param line that it stands in: its wordings count once together
 * @param weight among the rules of an intent
 * @param words in lower case; {@value #ANY} is any one word
 */
record Rule(int line, Verdict verdict, int weight, Place place, List<String> words) {
    static final String ANY = "*";

    /** On what a verdict is. Wordings of one matter do not overlap. */
    enum Matter {
        INTENT,
        TIME,
        CACHE,
        COMPLEXITY,
        OPENING
    }

    /** What a rule says of a query. */
    enum Verdict {
        FACTUAL(Matter.INTENT),
        TROUBLESHOOTING(Matter.INTENT),
        PROCEDURAL(Matter.INTENT),
        NAVIGATIONAL(Matter.INTENT),
        RECENT(Matter.TIME),
        PERIOD(Matter.TIME),
        MOMENT(Matter.CACHE),
        ASKER(Matter.CACHE),
        COMPOUND(Matter.COMPLEXITY),
        OPENING(Matter.OPENING),
        /** On every matter but openings. */
        NOTHING(Matter.INTENT);

        private final Matter matter;

        Verdict(Matter matter) {
            this.matter = matter;
        }

        boolean concerns(Matter other) {
            return this == NOTHING ? other != Matter.OPENING : other == matter;
        }

        /** The intent of this name. */
        Intent intent() {
            return Intent.valueOf(name());
        }

        static Verdict of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    /** Where a wording must stand; the table says what each means. */
    enum Place {
        BEGINS,
        HAS,
        ENDS,
        TITLE,
        TITLE_END,
        WHERE,
        JOINS,
        BETWEEN,
        BEFORE,
        SHAPE;

        static Place of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** Whether the words stand there, wherever that is. */
    boolean standsAt(QueryWords query, int word) {
        if (word + words.size() > query.count()) {
            return false;
        }
        for (int i = 0; i < words.size(); i++) {
            String expected = words.get(i);
            if (!expected.equals(ANY) && !expected.equals(query.text(word + i))) {
                return false;
            }
        }
        return true;
    }

    String wording() {
        return String.join(" ", words);
    }
}
