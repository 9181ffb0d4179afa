package dev.freshet.engines.embedding.onnx;

/**
 * The tokens of a text, or of two that are read together.
 *
 * @param ids of the tokens, special tokens included
 * @param types of the tokens: 0 in the first text, 1 in the second; as many, or empty where all are 0
 */
@SuppressWarnings("ArrayRecordComponent") // on their way to a model; never compared
public record Tokens(long[] ids, long[] types) {
    private static final long[] ALL_ZERO = {};

    /** Of one text. */
    public static Tokens of(long[] ids) {
        return new Tokens(ids, ALL_ZERO);
    }

    /** How many there are. */
    public int length() {
        return ids.length;
    }
}
