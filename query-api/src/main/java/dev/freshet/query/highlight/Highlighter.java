package dev.freshet.query.highlight;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.jspecify.annotations.Nullable;

/** Finds the words of one query in passages, whatever their inflection. For one thread. */
public final class Highlighter {
    private static final int MOST_SPANS = 200;

    private final Analyzer analyzer;
    private final Set<String> wanted;

    private Highlighter(Analyzer analyzer, Set<String> wanted) {
        this.analyzer = analyzer;
        this.wanted = wanted;
    }

    /**
     * For a query.
     *
     * @param language as an ISO 639 code; null or any that is not known stands for English
     */
    public static Highlighter of(String query, @Nullable String language) {
        Analyzer analyzer = LanguageAnalyzers.forOneThread(language);
        Set<String> wanted = new HashSet<>();
        analyze(analyzer, query, (term, span) -> wanted.add(term));
        return new Highlighter(analyzer, wanted);
    }

    /** Where the query's words are, in the order of the text; words with nothing but white space between are one span. */
    public List<Span> spans(String text) {
        List<Span> spans = new ArrayList<>();
        analyze(analyzer, text, (term, span) -> {
            if (wanted.contains(term) && spans.size() < MOST_SPANS) {
                add(spans, span, text);
            }
        });
        return spans;
    }

    private static void add(List<Span> spans, Span span, String text) {
        Span before = spans.isEmpty() ? null : spans.getLast();
        if (before != null && span.start() <= before.end()) {
            spans.set(spans.size() - 1, new Span(before.start(), Math.max(before.end(), span.end())));
        } else if (before != null && text.substring(before.end(), span.start()).isBlank()) {
            spans.set(spans.size() - 1, new Span(before.start(), span.end()));
        } else {
            spans.add(span);
        }
    }

    private interface Sink {
        void take(String term, Span span);
    }

    private static void analyze(Analyzer analyzer, String text, Sink sink) {
        try (TokenStream tokens = analyzer.tokenStream("", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            OffsetAttribute offset = tokens.addAttribute(OffsetAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                sink.take(term.toString(), new Span(offset.startOffset(), offset.endOffset()));
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException("a string can be read", e);
        }
    }
}
