package dev.freshet.core.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MemoKeysTest {
    private static final ModelIdentity MODEL = model("m", "1", "abc", "mean", "l2", "q", "p", 8, 512);

    @Test
    void equalTextsHaveEqualKeysAndOthersHaveOthers() {
        MemoKeys keys = new MemoKeys(MODEL);

        assertThat(keys.of("text")).isEqualTo(new MemoKeys(MODEL).of("text")).isNotEqualTo(keys.of("text "));
    }

    @ParameterizedTest
    @MethodSource("modelsThatMakeOtherVectorsOfPassages")
    void anotherModelHasOtherKeys(ModelIdentity other) {
        assertThat(new MemoKeys(other).of("text")).isNotEqualTo(new MemoKeys(MODEL).of("text"));
    }

    static Stream<ModelIdentity> modelsThatMakeOtherVectorsOfPassages() {
        return Stream.of(
                model("n", "1", "abc", "mean", "l2", "q", "p", 8, 512),
                model("m", "2", "abc", "mean", "l2", "q", "p", 8, 512),
                model("m", "1", "abd", "mean", "l2", "q", "p", 8, 512),
                model("m", "1", "abc", "cls", "l2", "q", "p", 8, 512),
                model("m", "1", "abc", "mean", "none", "q", "p", 8, 512),
                model("m", "1", "abc", "mean", "l2", "q", "", 8, 512),
                model("m", "1", "abc", "mean", "l2", "q", "p", 16, 512),
                model("m", "1", "abc", "mean", "l2", "q", "p", 8, 256));
    }

    @Test
    void thePrefixOfQueriesChangesNoVectorOfAPassage() {
        ModelIdentity other = model("m", "1", "abc", "mean", "l2", "other", "p", 8, 512);

        assertThat(new MemoKeys(other).of("text")).isEqualTo(new MemoKeys(MODEL).of("text"));
    }

    private static ModelIdentity model(
            String name,
            String revision,
            String checksum,
            String pooling,
            String normalisation,
            String queryPrefix,
            String passagePrefix,
            int dimension,
            int maxTokens) {
        return new ModelIdentity(
                name, revision, checksum, pooling, normalisation, queryPrefix, passagePrefix, dimension, maxTokens);
    }
}
