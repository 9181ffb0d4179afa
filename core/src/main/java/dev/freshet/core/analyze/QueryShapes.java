package dev.freshet.core.analyze;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells by the characters of a query what it is. */
final class QueryShapes {
    private static final int WORDS_BESIDE_A_PATH = 2;
    private static final int LONGEST_ENDING = 10;

    /** Goes forward only, over an identifier. */
    private static final Pattern ERROR_CODE = Pattern.compile(
            "(?:ORA|TNS|PLS|SQL|ERR)[-_]?+[A-Z0-9]++(?:_[A-Z0-9]++)*+|E[0-9]{3,6}+|(?:TS|CS|LNK|MSB|NU)[0-9]{4}|0x[0-9A-Fa-f]{6,16}+");

    private final RuleTable rules;
    private final QueryWords words;
    private final List<String> identifiers;

    QueryShapes(RuleTable rules, QueryWords words, List<String> identifiers) {
        this.rules = rules;
        this.words = words;
        this.identifiers = identifiers;
    }

    Set<QueryShape> all() {
        Set<QueryShape> shapes = EnumSet.noneOf(QueryShape.class);
        if (!identifiers.isEmpty()) {
            addThoseOfIdentifiers(shapes);
        }
        for (int word = 0; word < words.count(); word++) {
            if (isErrorStatus(word)) {
                shapes.add(QueryShape.ERROR_STATUS);
            }
            if (rules.isOf("error-code", words.text(word))) {
                shapes.add(QueryShape.ERROR_CODE);
            }
        }
        if (words.query().contains("Caused by:") || namesALineOfAFile()) {
            shapes.add(QueryShape.STACK_TRACE);
        }
        return shapes;
    }

    private void addThoseOfIdentifiers(Set<QueryShape> shapes) {
        int others = 0;
        for (int word = 0; word < words.count(); word++) {
            others += words.isLiteral(word) ? 0 : 1;
        }
        if (others == 0) {
            shapes.add(QueryShape.LONE_IDENTIFIER);
        }
        for (String identifier : identifiers) {
            if (others <= WORDS_BESIDE_A_PATH
                    && (LiteralForm.isPath(identifier) || LiteralForm.isFile(identifier, rules))) {
                shapes.add(QueryShape.PATH);
            }
            if (ERROR_CODE.matcher(identifier).matches()) {
                shapes.add(QueryShape.ERROR_CODE);
            }
            if (isNameOfAnError(identifier)) {
                shapes.add(QueryShape.ERROR_NAME);
            }
        }
    }

    private static boolean isNameOfAnError(String identifier) {
        String name = identifier.substring(identifier.lastIndexOf('.') + 1);
        return (name.endsWith("Exception") || name.endsWith("Error")) && Character.isUpperCase(name.charAt(0));
    }

    /** Of HTTP, where a word beside the number says that it is one. */
    private boolean isErrorStatus(int word) {
        String text = words.text(word);
        boolean number = text.length() == 3 && (text.charAt(0) == '4' || text.charAt(0) == '5');
        return number
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && ((word > 0 && rules.isOf("before-status", words.text(word - 1)))
                        || (word + 1 < words.count() && rules.isOf("behind-status", words.text(word + 1))));
    }

    /** As in {@code Main.java:42}. */
    private boolean namesALineOfAFile() {
        String query = words.query();
        for (int colon = query.indexOf(':'); colon > 0; colon = query.indexOf(':', colon + 1)) {
            boolean line = colon + 1 < query.length() && Character.isDigit(query.charAt(colon + 1));
            int dot = line ? dotBefore(query, colon) : -1;
            if (dot >= 0 && rules.isOf("ending", query.substring(dot + 1, colon).toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    private static int dotBefore(String query, int colon) {
        for (int i = colon - 1; i >= Math.max(0, colon - LONGEST_ENDING); i--) {
            if (query.charAt(i) == '.') {
                return i;
            }
        }
        return -1;
    }
}
