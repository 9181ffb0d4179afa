package dev.freshet.engines.embedding.openai;

import java.util.List;

/** The provider counts the tokens of a request, not of its texts: each gets its part by its length. */
final class CountedTokens {
    private static final int BYTES_OF_A_TOKEN = 4;

    private final double ofOneWeight;

    /** @param counted by the provider for all texts; 0 when it did not */
    CountedTokens(List<String> texts, long counted) {
        long weights = texts.stream().mapToLong(CountedTokens::weight).sum();
        this.ofOneWeight = counted == 0 ? 1 : (double) counted / Math.max(1, weights);
    }

    int of(String text) {
        return (int) Math.max(1, Math.round(weight(text) * ofOneWeight));
    }

    /** A guess that suits most tokenizers and languages: a token for every four bytes of UTF-8, and one around them. */
    private static long weight(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        return 1 + bytes / BYTES_OF_A_TOKEN;
    }
}
