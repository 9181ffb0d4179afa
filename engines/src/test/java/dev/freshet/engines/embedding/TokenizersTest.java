package dev.freshet.engines.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.chunk.TokenCounter;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenizersTest {
    private static final byte[] JSON = BuiltInModel.MINILM.tokenizer();
    private static final AsciiWordPiece ASCII = new AsciiWordPiece(JSON);
    private static final ModelTokenizer NATIVE = ModelTokenizer.unlimited(JSON);

    @Test
    void idsAreThoseOfTheModelsVocabulary() {
        assertThat(NATIVE.ids("Hello, world")).containsExactly(101, 7592, 1010, 2088, 102);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "'Hello, world', 3",
        "'embeddings', 4",
        "'caf\u00e9 \u4e2d\u6587', 3",
        "'[SEP]', 1",
    })
    void tokensAreCountedWithoutSpecialTokens(String text, int tokens) {
        assertThat(Tokenizers.open("minilm").count(text)).isEqualTo(tokens);
    }

    @Test
    void longTextsAreCountedToTheirEnd() {
        TokenCounter counter = Tokenizers.open("minilm");

        assertThat(counter.count("water ".repeat(100_000))).isEqualTo(100_000);
        assertThat(counter.count("caf\u00e9 ".repeat(100_000))).isEqualTo(100_000);
        assertThat(counter.count("a".repeat(1 << 20))).isEqualTo(1);
    }

    @Test
    void unpairedSurrogatesAreCounted() {
        assertThat(Tokenizers.open("minilm").count("water \uD83D water")).isEqualTo(2);
    }

    @Test
    void oneCounterServesTheWholeProcess() {
        assertThat(Tokenizers.open("minilm")).isSameAs(Tokenizers.open("minilm"));
    }

    @Property
    void theFastCounterAgreesWithTheNativeTokenizerOnAscii(
            @ForAll @CharRange(from = '\0', to = '\u007f') @StringLength(max = 300) String text) {
        assertAgrees(text);
    }

    @Property
    void theFastCounterAgreesWithTheNativeTokenizerOnWords(
            @ForAll @CharRange(from = 'a', to = 'e') @CharRange(from = ' ', to = '!') @StringLength(max = 300)
                    String text) {
        assertAgrees(text);
    }

    private static void assertAgrees(String text) {
        OptionalInt fast = ASCII.count(text);
        if (fast.isPresent()) {
            assertThat(fast).hasValue(NATIVE.count(text));
        }
    }

    @Test
    void theFastCounterLeavesWhatItDoesNotCover() {
        assertThat(ASCII.count("caf\u00e9")).isEmpty();
        assertThat(ASCII.count("a [SEP] b")).isEmpty();
        assertThat(ASCII.count("a [link](url) b")).isPresent();
    }

    @Test
    void theTokensOfAProviderAreCountedAsTheDefaultEncoderDoes() {
        assertThat(Tokenizers.open("openai")).isSameAs(Tokenizers.open("minilm"));
    }
}
