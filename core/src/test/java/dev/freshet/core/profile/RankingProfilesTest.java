package dev.freshet.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.analyze.Intent;
import dev.freshet.core.fuse.Normalisation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankingProfilesTest {
    @Test
    void theDefaultIsRight() {
        RankingProfile standard = RankingProfiles.standard();

        assertThat(standard.problems()).isEmpty();
        assertThat(standard.label()).isEqualTo("default@1");
        assertThat(standard.fusion().normalisation()).isEqualTo(new Normalisation.MinMax());
    }

    @Test
    void whatIsNotStatedIsAsInTheDefault() throws Exception {
        RankingProfile profile = read("""
                {"name": "ours", "version": "7",
                 "fusion": {"method": "rrf"},
                 "weights": {"procedural": {"vector": 0.9}},
                 "domains": {"billing": {"terms": ["invoice"], "prefer": {"team": "billing"}}}}""");

        RankingProfile standard = RankingProfiles.standard();
        assertThat(profile.label()).isEqualTo("ours@7");
        assertThat(profile.fusion().normalisation()).isEqualTo(new Normalisation.ReciprocalRank(60));
        assertThat(profile.weights().of(Intent.PROCEDURAL).vector()).isEqualTo(0.9);
        assertThat(profile.weights().of(Intent.PROCEDURAL).keyword())
                .isEqualTo(standard.weights().procedural().keyword());
        assertThat(profile.depths()).isEqualTo(standard.depths());
        assertThat(profile.domains())
                .containsExactly(
                        Map.entry("billing", new RankingProfile.Domain(List.of("invoice"), Map.of("team", "billing"))));
    }

    @Test
    void itCanBeWrittenAndReadAgain() throws Exception {
        RankingProfile standard = RankingProfiles.standard();

        assertThat(read(RankingProfiles.json(standard))).isEqualTo(standard);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> read("""
                {"version": 1,
                 "fusion": {"method": "magic", "rrf_constant": 1.5},
                 "weights": {"procedural": {"vectors": 1}, "factual": 3},
                 "rerank": {"depth": "many"},
                 "domains": {"a": {"terms": []}, "b": {"words": ["x"], "terms": ["x"], "prefer": {"k": 1}}},
                 "size": 3}"""))
                .isInstanceOf(InvalidProfileException.class)
                .satisfies(e -> assertThat(e.getMessage())
                        .contains("/name, /version: must be stated")
                        .contains("/version: must be a string")
                        .contains("/fusion/method: must be one of min_max, z_score, rank, rrf")
                        .contains("/fusion/rrf_constant: must be a whole number")
                        .contains("/weights/procedural/vectors: there is no such field")
                        .contains("/weights/factual: must be an object")
                        .contains("/rerank/depth: must be a whole number")
                        .contains("/domains/a/terms")
                        .contains("/domains/b/words")
                        .contains("/domains/b/prefer")
                        .contains("/size: there is no such field"));
    }

    @Test
    void numbersHaveBounds() {
        assertThatThrownBy(() -> read("""
                {"name": "x", "version": "1",
                 "weights": {"factual": {"vector": 0, "keyword": 0}, "literal": {"metadata": 1.5}},
                 "depths": {"vector": 0}, "rerank": {"weight": -1}, "diversity": {"collapse_above": 2}}"""))
                .isInstanceOf(InvalidProfileException.class)
                .satisfies(e -> assertThat(e.getMessage())
                        .contains("/weights/factual: vector or keyword")
                        .contains("/weights/literal/metadata: must be a number from 0 to 1")
                        .contains("/depths/vector: must be a number from 10 to 1000")
                        .contains("/rerank/weight")
                        .contains("/diversity/collapse_above: must be a number from 0.5 to 1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "null", "{\"name\":\"a\",\"name\":\"b\",\"version\":\"1\"}", "{} x"})
    void whatIsNoObjectIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(InvalidProfileException.class);
    }

    private static RankingProfile read(String json) throws InvalidProfileException {
        return RankingProfiles.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
