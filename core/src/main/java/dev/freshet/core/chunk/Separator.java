package dev.freshet.core.chunk;

import java.util.ArrayList;
import java.util.List;

/** Where a text may be taken apart, from coarse to fine; white space stays with what is before it. */
enum Separator {
    BLANK_LINE {
        @Override
        List<Span> split(String text, Span span, int longestWord) {
            List<Span> spans = new ArrayList<>();
            for (Block block : PlainTextBlocks.read(span.of(text), BlockType.PARAGRAPH, "")) {
                spans.add(new Span(span.start() + block.start(), span.start() + block.end()));
            }
            return spans;
        }
    },
    LINE {
        @Override
        List<Span> split(String text, Span span, int longestWord) {
            List<Span> spans = new ArrayList<>();
            for (int from = span.start(); from < span.end(); ) {
                int to = Math.min(span.end(), Lines.end(text, from));
                spans.add(new Span(from, to));
                from = to;
            }
            return spans;
        }
    },
    SENTENCE {
        @Override
        List<Span> split(String text, Span span, int longestWord) {
            List<Span> spans = new ArrayList<>();
            Sentences.forEach(text, span.start(), span.end(), (start, end) -> spans.add(new Span(start, end)));
            return spans;
        }
    },
    WORD {
        @Override
        List<Span> split(String text, Span span, int longestWord) {
            List<Span> spans = new ArrayList<>();
            for (int from = span.start(); from < span.end(); ) {
                int to = Words.end(text, from, span.end(), longestWord);
                spans.add(new Span(from, to));
                from = to;
            }
            return spans;
        }
    };

    /** A part of a text. */
    record Span(int start, int end) {
        String of(String text) {
            return text.substring(start, end);
        }
    }

    /** @param longestWord in characters; a longer one is taken apart */
    abstract List<Span> split(String text, Span span, int longestWord);
}
