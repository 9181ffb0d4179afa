package dev.freshet.core.analyze;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The terms of domains, ready to be found in a query as whole words. */
final class DomainTerms {
    static final DomainTerms NONE = new DomainTerms(Map.of());

    /**
     * A term of a domain.
     *
     * @param before signs that it begins with, such as the full stop of ".net"
     * @param behind signs that it ends with, such as those of "c++"
     */
    private record Term(String domain, String text, List<String> words, String before, String behind) {
        boolean standsAt(QueryWords query, int word) {
            if (word + words.size() > query.count()) {
                return false;
            }
            for (int i = 0; i < words.size(); i++) {
                if (!words.get(i).equals(query.text(word + i))) {
                    return false;
                }
            }
            String text = query.query();
            return text.startsWith(behind, query.end(word + words.size() - 1))
                    && text.startsWith(before, query.start(word) - before.length());
        }
    }

    private final Map<String, List<String>> domains;
    private final Map<String, List<Term>> byFirstWord = new HashMap<>();

    DomainTerms(Map<String, List<String>> domains) {
        Map<String, List<String>> copy = new HashMap<>();
        domains.forEach((name, terms) -> copy.put(name, List.copyOf(terms)));
        this.domains = copy;
        copy.forEach((name, terms) -> terms.forEach(term -> add(name, term)));
    }

    /** Whether these are the terms of the same domains. */
    boolean areOf(Map<String, List<String>> others) {
        return domains.equals(others);
    }

    private void add(String domain, String term) {
        String text = term.strip();
        QueryWords words = QueryWords.of(text);
        if (words.count() == 0) {
            return;
        }
        List<String> texts = new ArrayList<>();
        for (int word = 0; word < words.count(); word++) {
            texts.add(words.text(word));
        }
        String before = text.substring(0, words.start(0));
        String behind = text.substring(words.end(words.count() - 1));
        byFirstWord
                .computeIfAbsent(texts.getFirst(), first -> new ArrayList<>())
                .add(new Term(domain, text, texts, before, behind));
    }

    /** The domains that a query names in the order of their names, each with the first of its terms. */
    Map<String, String> named(QueryWords query) {
        if (byFirstWord.isEmpty()) {
            return Map.of();
        }
        Map<String, String> named = new TreeMap<>();
        for (int word = 0; word < query.count(); word++) {
            for (Term term : byFirstWord.getOrDefault(query.text(word), List.of())) {
                if (!named.containsKey(term.domain()) && term.standsAt(query, word)) {
                    named.put(term.domain(), term.text());
                }
            }
        }
        return new LinkedHashMap<>(named);
    }
}
