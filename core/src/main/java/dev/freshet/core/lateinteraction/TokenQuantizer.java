package dev.freshet.core.lateinteraction;

/**
 * Keeps of every token vector of a passage one bit per dimension: on which side of the model's mean token vector it is.
 *
 * @param statistics of the model that made the vectors
 * @param form {@link TokenVectorForm#BITS} or {@link TokenVectorForm#PAIRS}
 */
public record TokenQuantizer(TokenStatistics statistics, TokenVectorForm form) {
    public TokenQuantizer {
        if (form == TokenVectorForm.OFF) {
            throw new IllegalArgumentException("no token vectors are to be kept");
        }
    }

    /**
     * Quantises the vectors of a passage's tokens.
     *
     * @param tokenVectors one after the other
     */
    public TokenVectors quantize(float[] tokenVectors) {
        int dimension = statistics.dimension();
        int tokens = tokenVectors.length / dimension;
        if (tokens * dimension != tokenVectors.length) {
            throw new IllegalArgumentException(
                    "%d floats are no vectors of %d dimensions".formatted(tokenVectors.length, dimension));
        }
        int together = form == TokenVectorForm.PAIRS ? 2 : 1;
        int count = (tokens + together - 1) / together;
        TokenVectors quantized = TokenVectors.empty(form, dimension, count);
        for (int i = 0; i < count; i++) {
            int one = i * together * dimension;
            // The last of an odd number stands for itself.
            int other = Math.min((i + 1) * together, tokens) * dimension - dimension;
            signs(tokenVectors, one, other, quantized.bytes(), TokenVectors.HEADER + i * quantized.stride());
        }
        return quantized;
    }

    private void signs(float[] vectors, int one, int other, byte[] bits, int target) {
        float[] centre = statistics.mean();
        for (int i = 0; i < centre.length; i++) {
            // The sign of a difference, without a branch: of two of them the processor would guess one wrong.
            int above = Float.floatToRawIntBits(2 * centre[i] - (vectors[one + i] + vectors[other + i])) >>> 31;
            bits[target + (i >> 3)] |= (byte) (above << (i & 7));
        }
    }
}
