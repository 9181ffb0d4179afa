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
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    void anIndexOfTodayLacksNothing() {
        ObjectNode today = IndexDefinitions.of(SearchIndex.CHUNKS, "alias", MODEL);

        assertThat(IndexDefinitions.missingFields(SearchIndex.CHUNKS, today)).isEmpty();
    }

    @Test
    void anIndexTakesVectorsOfTheDimensionOfItsModelOnly() {
        ModelIdentity larger = new ModelIdentity("model", "", "mean", "", "", 1024, 512);

        ObjectNode index = IndexDefinitions.of(SearchIndex.CHUNKS, "alias", larger);

        assertThat(index.at("/mappings/properties/vector/dimension").intValue()).isEqualTo(1024);
        ObjectNode held = index.objectNode();
        held.set("chunks-1", index);
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
        ObjectNode with = held(IndexDefinitions.of(SearchIndex.CHUNKS, "alias", MODEL, bits));

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

    @Test
    void anIndexOfAnOlderVersionLearnsTheFieldsThatCameSince() {
        ObjectNode older = IndexDefinitions.of(SearchIndex.CHUNKS, "alias", MODEL);
        ((ObjectNode) older.at("/mappings/properties")).remove("chunk");

        ObjectNode missing = IndexDefinitions.missingFields(SearchIndex.CHUNKS, older);

        assertThat(missing.properties()).extracting(field -> field.getKey()).containsExactly("chunk");
        assertThat(missing.at("/chunk/properties/near_duplicate_keys/type").asText())
                .isEqualTo("keyword");
    }

    private static JsonNode filters(SearchIndex index) {
        return BlockingRequests.parse(index.definition()).at("/settings/index/analysis/char_filter");
    }
}
