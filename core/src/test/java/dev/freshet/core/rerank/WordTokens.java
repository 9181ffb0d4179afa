package dev.freshet.core.rerank;

import dev.freshet.core.lateinteraction.QueryTokens;
import dev.freshet.core.lateinteraction.TokenQuantizer;
import dev.freshet.core.lateinteraction.TokenStatistics;
import dev.freshet.core.lateinteraction.TokenVectorForm;
import dev.freshet.core.lateinteraction.TokenVectors;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Made-up token vectors of texts: a word has the same vector everywhere, other words have other ones. */
final class WordTokens {
    private static final int MOST = 512;

    private final TokenStatistics statistics;

    WordTokens(int dimension) {
        float[] spread = new float[dimension];
        Arrays.fill(spread, 1);
        statistics = TokenStatistics.of(new float[dimension], spread);
    }

    QueryTokens query(String text) {
        return QueryTokens.of(vectors(text), statistics);
    }

    TokenVectors passage(String text) {
        return new TokenQuantizer(statistics, TokenVectorForm.BITS).quantize(vectors(text));
    }

    private float[] vectors(String text) {
        int dimension = statistics.dimension();
        // As an encoder has it: there is a token before the words.
        List<String> words =
                Arrays.stream(("[CLS] " + text).split(" ", -1)).limit(MOST).toList();
        float[] vectors = new float[words.size() * dimension];
        for (int word = 0; word < words.size(); word++) {
            Random random = new Random(words.get(word).hashCode());
            for (int i = 0; i < dimension; i++) {
                vectors[word * dimension + i] = (float) random.nextGaussian();
            }
        }
        return vectors;
    }
}
