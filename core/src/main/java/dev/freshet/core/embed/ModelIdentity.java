package dev.freshet.core.embed;

/**
 * Names a vector space: two embedders with equal identities give comparable vectors.
 *
 * @param name such as {@code all-minilm-l6-v2-q}
 * @param checksum SHA-256 of the weights, in hexadecimal; empty where the provider does not tell
 * @param pooling how token vectors become one: {@code mean}, {@code cls}, {@code last}, {@code max}, {@code none} where the graph gives
 *     one itself, or {@code provider}
 * @param queryPrefix put before every query
 * @param passagePrefix put before every passage
 * @param dimension floats in a vector
 * @param maxTokens what the model reads of a text; the rest is cut
 */
public record ModelIdentity(
        String name,
        String checksum,
        String pooling,
        String queryPrefix,
        String passagePrefix,
        int dimension,
        int maxTokens) {}
