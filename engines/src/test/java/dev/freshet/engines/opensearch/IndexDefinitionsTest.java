package dev.freshet.engines.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.lateinteraction.TokenVectorForm;
import dev.freshet.core.lateinteraction.TokenVectorIdentity;
import dev.freshet.core.text.MatchingText;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The index compares texts as they are embedded. */
class IndexDefinitionsTest {
    private static final ModelIdentity MODEL = new ModelIdentity("model", "", "mean", "", "", 384, 512);

    @ParameterizedTest
    @EnumSource(SearchIndex.class)
    void theIndexDropsWhatNobodySees(SearchIndex index) {
        Pattern unseen = Pattern.compile(filters(index).at("/unseen/pattern").textValue());

        assertThat(IntStream.rangeClosed(Character.MIN_CODE_POINT, Character.MAX_CODE_POINT)
                        .filter(c -> unseen.matcher(Character.toString(c)).matches() != MatchingText.isIgnorable(c))
                        .mapToObj(Integer::toHexString))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(SearchIndex.class)
    void lettersThatLookLatinCountAsLatin(SearchIndex index) {
        JsonNode mappings = filters(index).at("/lookalikes/mappings");

        long lookalikes = IntStream.rangeClosed(0x370, 0x52F)
                .mapToObj(Character::toString)
                .filter(letter -> Normalizer.isNormalized(letter, Normalizer.Form.NFKC))
                .filter(letter -> MatchingText.of("x" + letter).matches("x[A-Za-z]"))
                .count();
        assertThat(mappings).isNotEmpty().hasSize((int) lookalikes).allSatisfy(mapping -> {
            String[] sides = mapping.textValue().split("=>", 2);
            assertThat(MatchingText.of("x" + sides[0])).isEqualTo("x" + sides[1]);
        });
    }

    @Test
    void anIndexTakesVectorsOfTheDimensionOfItsModelOnly() {
        ModelIdentity larger = new ModelIdentity("model", "", "mean", "", "", 1024, 512);

        ObjectNode index = IndexDefinitions.of(SearchIndex.CHUNKS, "alias", larger);

        assertThat(index.at("/mappings/properties/vector/dimension").intValue()).isEqualTo(1024);
        ObjectNode held = index.objectNode();
        held.set("chunks-1", index);
        assertThat(IndexDefinitions.of(SearchIndex.DOCUMENTS, "alias", larger)
                        .at("/mappings/properties/summary/dimension")
                        .intValue())
                .isEqualTo(1024);
        assertThatCode(() -> IndexDefinitions.checkModel(held, larger)).doesNotThrowAnyException();
        assertThatThrownBy(() -> IndexDefinitions.checkModel(held, MODEL))
                .isInstanceOf(IncompatibleIndexException.class)
                .hasMessageContainingAll("chunks-1", "1024", "384");
    }

    @Test
    void anIndexThatSaysNeitherRevisionNorNormalisationHoldsVectorsOfLengthOneOfAModelWithoutRevision() {
        ObjectNode older = IndexDefinitions.of(SearchIndex.CHUNKS, "alias", MODEL);
        ((ObjectNode) older.at("/mappings/_meta/embedder")).remove(List.of("revision", "normalisation"));
        ObjectNode held = older.objectNode();
        held.set("chunks-1", older);
        ModelIdentity revised = new ModelIdentity("model", "2", "", "mean", "l2", "", "", 384, 512);

        assertThatCode(() -> IndexDefinitions.checkModel(held, MODEL)).doesNotThrowAnyException();
        assertThatThrownBy(() -> IndexDefinitions.checkModel(held, revised))
                .hasMessageContaining("its revision is \"\", but this one's is \"2\"");
    }

    @Test
    void anIndexThatDoesNotSayItsModelIsRefused() {
        ObjectNode index = IndexDefinitions.of(SearchIndex.CHUNKS, "alias", MODEL);
        ((ObjectNode) index.at("/mappings")).remove("_meta");
        ObjectNode held = index.objectNode();
        held.set("chunks-1", index);

        assertThatThrownBy(() -> IndexDefinitions.checkModel(held, MODEL))
                .isInstanceOf(IncompatibleIndexException.class)
                .hasMessageContainingAll("chunks-1", "does not say which");
    }

    @Test
    void anIndexNamesTheTokenVectorsThatItHolds() {
        TokenVectorIdentity bits = new TokenVectorIdentity(TokenVectorForm.BITS, "0123456789abcdef");
        TokenVectorIdentity pairs = new TokenVectorIdentity(TokenVectorForm.PAIRS, "0123456789abcdef");
        TokenVectorIdentity others = new TokenVectorIdentity(TokenVectorForm.BITS, "fedcba9876543210");
        ObjectNode without = held(IndexDefinitions.of(SearchIndex.CHUNKS, "alias", MODEL));
        ObjectNode with = held(IndexDefinitions.of(SearchIndex.CHUNKS, "alias", MODEL, bits, Bm25.DEFAULT));

        assertThat(IndexDefinitions.withTokenVectors(without, bits)).hasEntrySatisfying("chunks-1", meta -> {
            assertThat(meta.at("/token_vectors/statistics").textValue()).isEqualTo("0123456789abcdef");
            assertThat(meta.at("/embedder/name").textValue()).isEqualTo("model");
        });
        assertThat(IndexDefinitions.withTokenVectors(with, bits)).isEmpty();
        assertThat(IndexDefinitions.withTokenVectors(with, pairs)).isEmpty();
        assertThatThrownBy(() -> IndexDefinitions.withTokenVectors(with, others))
                .isInstanceOf(IncompatibleIndexException.class)
                .hasMessageContainingAll("chunks-1", "0123456789ab", "fedcba987654", "--token-vectors off");
        assertThatCode(() -> IndexDefinitions.checkModel(with, MODEL)).doesNotThrowAnyException();
    }

    private static ObjectNode held(ObjectNode index) {
        ObjectNode held = index.objectNode();
        held.set("chunks-1", index);
        return held;
    }

    @ParameterizedTest
    @EnumSource(SearchIndex.class)
    void anIndexWeighsWordsAsItIsTold(SearchIndex index) {
        JsonNode told = IndexDefinitions.of(index, "alias", MODEL, null, new Bm25(1.2, 0.75));
        JsonNode untold = IndexDefinitions.of(index, "alias", MODEL);

        assertThat(told.at("/settings/index/similarity/default").toString())
                .isEqualTo("{\"type\":\"BM25\",\"k1\":1.2,\"b\":0.75}");
        assertThat(untold.at("/settings/index/similarity/default").toString())
                .isEqualTo("{\"type\":\"BM25\",\"k1\":0.9,\"b\":0.4}");
    }

    @ParameterizedTest
    @CsvSource({"-0.1, 0.4", "10.1, 0.4", "NaN, 0.4", "0.9, -0.1", "0.9, 1.1", "0.9, NaN"})
    void wordsAreNotWeighedInWaysThatMakeNoSense(double k1, double b) {
        assertThatThrownBy(() -> new Bm25(k1, b))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BM25");
    }

    @Test
    void theMappingHasTheLanguagesOfTheCodeWithTheirAnalyzers() {
        JsonNode languages = BlockingRequests.parse(SearchIndex.CHUNKS.definition())
                .at("/mappings/properties/in_language/properties");

        Map<String, String> mapped = new TreeMap<>();
        languages.properties().forEach(language -> {
            JsonNode fields = language.getValue().path("properties");
            assertThat(fields.properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactlyInAnyOrder("title", "heading_path", "text");
            assertThat(fields).allSatisfy(field -> {
                assertThat(field.path("type").asText()).isEqualTo("text");
                assertThat(field.path("analyzer")).isEqualTo(fields.at("/text/analyzer"));
            });
            mapped.put(language.getKey(), fields.at("/text/analyzer").asText());
        });
        assertThat(mapped).isEqualTo(new TreeMap<>(LanguageFields.ANALYZERS));
    }

    @Test
    void aLanguageIsFoundByItsCode() {
        assertThat(LanguageFields.of("de")).contains("de");
        assertThat(Stream.of("zh", "ja", "ko").map(LanguageFields::of)).containsOnly(Optional.of("cjk"));
        assertThat(LanguageFields.of("nn")).contains("no");
        assertThat(Stream.of("en", "uk", "xx", "", null).map(LanguageFields::of))
                .containsOnly(Optional.empty());
    }

    private static JsonNode filters(SearchIndex index) {
        return BlockingRequests.parse(index.definition()).at("/settings/index/analysis/char_filter");
    }
}
