package dev.freshet.engines.opensearch;

import java.io.Serializable;

/**
 * How BM25 weighs words. An index keeps what it was made with until a rebuild.
 *
 * @param k1 how much more a word counts the more often it stands in a text, from 0 (not at all) to 10
 * @param b how much less it counts the longer the text is, from 0 (not at all) to 1
 */
public record Bm25(double k1, double b) implements Serializable {
    public static final double MOST_K1 = 10;

    /** For chunks of similar length, which says little. */
    public static final Bm25 DEFAULT = new Bm25(0.9, 0.4);

    public Bm25 {
        if (!(k1 >= 0 && k1 <= MOST_K1)) {
            throw new IllegalArgumentException("k1 of BM25 must be from 0 to 10, and is " + k1);
        }
        if (!(b >= 0 && b <= 1)) {
            throw new IllegalArgumentException("b of BM25 must be from 0 to 1, and is " + b);
        }
    }
}
