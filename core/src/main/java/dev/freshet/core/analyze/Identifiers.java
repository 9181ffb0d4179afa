package dev.freshet.core.analyze;

import dev.freshet.core.analyze.QueryWords.Span;
import dev.freshet.core.describe.Entities;
import dev.freshet.core.describe.Mention;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where a query has something that is looked for literally: what chunks are described with, and what only queries have. */
record Identifiers(String query, List<Span> spans, boolean namesADate) {
    private static final int MOST = 16;
    private static final String BEFORE = "([{<\"'`“”„«‘’‚";
    private static final String BEHIND = ")]}>\"'`“”»’‘,;:!?.…(";

    static Identifiers of(String query) {
        List<Span> tokens = tokens(query);
        List<Mention> mentions = Entities.mentions(query);
        List<Span> all = new ArrayList<>(tokens);
        for (Mention mention : mentions) {
            if (!mention.isDate() && mention.end() - mention.start() <= LiteralForm.LONGEST) {
                all.add(new Span(mention.start(), mention.end()));
            }
        }
        all.sort(Comparator.comparingInt(Span::start)
                .thenComparing(Comparator.comparingInt(Span::end).reversed()));
        return new Identifiers(query, apart(all), mentions.stream().anyMatch(Mention::isDate));
    }

    /** Of two that overlap, the one that begins first. */
    private static List<Span> apart(List<Span> spans) {
        List<Span> apart = new ArrayList<>();
        int end = 0;
        for (Span span : spans) {
            if (span.start() >= end) {
                apart.add(span);
                end = span.end();
            }
        }
        return apart;
    }

    private static List<Span> tokens(String query) {
        List<Span> found = new ArrayList<>();
        for (int i = 0; i < query.length(); ) {
            int end = i;
            while (end < query.length() && !endsToken(query.charAt(end))) {
                end++;
            }
            addLiteral(query, i, end, found);
            i = end + 1;
        }
        return found;
    }

    /** Arguments in brackets belong to no name. */
    private static boolean endsToken(char c) {
        return c == '(' || Character.isWhitespace(c);
    }

    private static void addLiteral(String query, int from, int to, List<Span> found) {
        int start = from;
        int end = to;
        while (start < end && BEFORE.indexOf(query.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && BEHIND.indexOf(query.charAt(end - 1)) >= 0) {
            end--;
        }
        if (end - start > 2 && query.charAt(end - 1) == 's' && "'’".indexOf(query.charAt(end - 2)) >= 0) {
            end -= 2;
        }
        end = withoutLineNumber(query, start, end);
        if (end - start <= LiteralForm.LONGEST) {
            int literal = LiteralForm.end(query.substring(start, end));
            if (literal > 0) {
                found.add(new Span(start, start + literal));
            }
        }
    }

    /** Without the last part of {@code Main.java:42}. */
    private static int withoutLineNumber(String query, int start, int end) {
        int i = end;
        while (i > start && Character.isDigit(query.charAt(i - 1))) {
            i--;
        }
        return i < end && i > start + 1 && query.charAt(i - 1) == ':' ? i - 1 : end;
    }

    /** As they stand in the query, each once, and no more than a query is looked up with. */
    List<String> texts() {
        Set<String> texts = new LinkedHashSet<>();
        for (Span span : spans) {
            if (texts.size() == MOST) {
                break;
            }
            texts.add(query.substring(span.start(), span.end()));
        }
        return List.copyOf(texts);
    }
}
