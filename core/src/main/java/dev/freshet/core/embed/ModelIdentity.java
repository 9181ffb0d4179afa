package dev.freshet.core.embed;

/**
 * Names a vector space: two embedders with equal identities give comparable vectors.
 *
 * @param name such as {@code all-minilm-l6-v2-q}
 * @param revision which of the models of that name, as whoever runs it says; empty where nobody does
 * @param checksum SHA-256 of the weights, in hexadecimal; empty where the provider does not tell
 * @param pooling how token vectors become one: {@code mean}, {@code cls}, {@code last}, {@code max}, {@code none} where the graph gives
 *     one itself, or {@code provider}
 * @param normalisation what is done with the vector of a text then, such as {@link #UNIT_LENGTH}
 * @param queryPrefix put before every query
 * @param passagePrefix put before every passage
 * @param dimension floats in a vector
 * @param maxTokens what the model reads of a text; the rest is cut
 */
public record ModelIdentity(
        String name,
        String revision,
        String checksum,
        String pooling,
        String normalisation,
        String queryPrefix,
        String passagePrefix,
        int dimension,
        int maxTokens) {
    /** Vectors are brought to length 1. */
    public static final String UNIT_LENGTH = "l2";

    /** Of a model without a revision whose vectors are brought to length 1. */
    public ModelIdentity(
            String name,
            String checksum,
            String pooling,
            String queryPrefix,
            String passagePrefix,
            int dimension,
            int maxTokens) {
        this(name, "", checksum, pooling, UNIT_LENGTH, queryPrefix, passagePrefix, dimension, maxTokens);
    }
}
