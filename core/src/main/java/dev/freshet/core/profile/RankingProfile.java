package dev.freshet.core.profile;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.freshet.core.analyze.Intent;
import dev.freshet.core.fuse.Normalisation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All numbers of a ranking. Two answers of the same name and version were ranked alike.
 *
 * @param version stated by whoever made it, a new one for every change
 * @param weights of the legs, by what the query is
 * @param domains by name
 */
public record RankingProfile(
        String name,
        String version,
        FusionSettings fusion,
        Weights weights,
        Recent recent,
        Depths depths,
        Keyword keyword,
        Rerank rerank,
        Diversity diversity,
        Hierarchical hierarchical,
        MultiQuery multiQuery,
        Map<String, Domain> domains) {

    public RankingProfile {
        domains = Map.copyOf(domains);
    }

    /** How lists of different scores become one. */
    public enum Method {
        MIN_MAX,
        Z_SCORE,
        RANK,
        RRF;

        /** The name in profiles. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How lists become one.
     *
     * @param rrfConstant what is added to ranks before they are inverted, of {@link Method#RRF}
     */
    public record FusionSettings(Method method, int rrfConstant) {
        /** The method as fusion has it. */
        @JsonIgnore
        public Normalisation normalisation() {
            return switch (method) {
                case MIN_MAX -> new Normalisation.MinMax();
                case Z_SCORE -> new Normalisation.ZScore();
                case RANK -> new Normalisation.Rank();
                case RRF -> new Normalisation.ReciprocalRank(rrfConstant);
            };
        }
    }

    /**
     * Weights of the legs.
     *
     * @param literal of queries that name something literally, whatever else they are
     */
    public record Weights(
            LegWeights factual,
            LegWeights navigational,
            LegWeights procedural,
            LegWeights troubleshooting,
            LegWeights literal) {
        /** Of queries of this intent that name nothing literally. */
        public LegWeights of(Intent intent) {
            return switch (intent) {
                case FACTUAL -> factual;
                case NAVIGATIONAL -> navigational;
                case PROCEDURAL -> procedural;
                case TROUBLESHOOTING -> troubleshooting;
            };
        }
    }

    /**
     * What being new counts.
     *
     * @param freshness its weight where the query asks for what is new, unless the weights of the query's intent have a larger one
     * @param halfLifeDays after which a chunk is half as fresh
     */
    public record Recent(double freshness, double halfLifeDays) {}

    /**
     * How many candidates each leg returns.
     *
     * @param effort the least number of candidates that the search of the graph of vectors keeps (ef)
     */
    public record Depths(int vector, int keyword, int metadata, int effort) {}

    /** How words count: see {@link dev.freshet.core.search.KeywordOptions}. */
    public record Keyword(double titleWeight, double headingWeight, double phraseBoost, double identifierBoost) {}

    /**
     * The second look.
     *
     * @param reranker by name, or {@code none}
     * @param depth candidates that are looked at, the best
     * @param weight of the second look in the score, from 0 to 1; the rest is the fused score
     * @param timeoutMs for the second look, reading what it needs included
     */
    public record Rerank(String reranker, int depth, double weight, int timeoutMs) {
        /** No second look. */
        public static final String NONE = "none";
    }

    /**
     * How hits differ from one another.
     *
     * @param collapseAbove chunks whose vectors have a larger cosine are one hit; 1 for never
     * @param mmr how much relevance counts beside difference (Carbonell, Goldstein: The Use of MMR, SIGIR 1998); 1 for relevance alone
     * @param chunksPerDocument at most; 0 for no limit
     */
    public record Diversity(double collapseAbove, double mmr, int chunksPerDocument) {}

    /**
     * Documents first.
     *
     * @param documents whose chunks are searched, at most
     */
    public record Hierarchical(int documents) {}

    /**
     * Several wordings.
     *
     * @param wordings beside the query itself, at most
     * @param weight of each beside the query's own, from 0 to 1
     * @param compound whether queries of several questions are searched so unless the caller says otherwise
     */
    public record MultiQuery(int wordings, double weight, boolean compound) {}

    /**
     * A subject.
     *
     * @param terms words that tell it
     * @param prefer metadata of its documents, which the metadata leg then looks for
     */
    public record Domain(List<String> terms, Map<String, String> prefer) {
        public Domain {
            terms = terms == null ? List.of() : List.copyOf(terms);
            prefer = prefer == null ? Map.of() : Map.copyOf(prefer);
        }
    }

    /** The name and version in one, as answers have it. */
    @JsonIgnore
    public String label() {
        return name + "@" + version;
    }

    /** Everything that is wrong with the numbers, each as a JSON Pointer and what would be right. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (name.isBlank() || name.length() > 64 || version.isBlank() || version.length() > 64) {
            problems.add("/name, /version: must have 1 to 64 characters");
        }
        Checks.range("/fusion/rrf_constant", fusion.rrfConstant(), 0, 10_000, problems);
        weights.factual().check("/weights/factual", problems);
        weights.navigational().check("/weights/navigational", problems);
        weights.procedural().check("/weights/procedural", problems);
        weights.troubleshooting().check("/weights/troubleshooting", problems);
        weights.literal().check("/weights/literal", problems);
        Checks.range("/recent/freshness", recent.freshness(), 0, 1, problems);
        Checks.range("/recent/half_life_days", recent.halfLifeDays(), 0.01, 36_500, problems);
        Checks.range("/depths/vector", depths.vector(), 10, 1_000, problems);
        Checks.range("/depths/keyword", depths.keyword(), 10, 1_000, problems);
        Checks.range("/depths/metadata", depths.metadata(), 10, 1_000, problems);
        Checks.range("/depths/effort", depths.effort(), 10, 10_000, problems);
        Checks.range("/keyword/title_weight", keyword.titleWeight(), 1, 100, problems);
        Checks.range("/keyword/heading_weight", keyword.headingWeight(), 1, 100, problems);
        Checks.range("/keyword/phrase_boost", keyword.phraseBoost(), 0, 100, problems);
        Checks.range("/keyword/identifier_boost", keyword.identifierBoost(), 0, 100, problems);
        if (!rerank.reranker().matches("[a-z_]{1,32}")) {
            problems.add("/rerank/reranker: must be the name of a reranker, or none");
        }
        Checks.range("/rerank/depth", rerank.depth(), 1, 1_000, problems);
        Checks.range("/rerank/weight", rerank.weight(), 0, 1, problems);
        Checks.range("/rerank/timeout_ms", rerank.timeoutMs(), 1, 60_000, problems);
        Checks.range("/diversity/collapse_above", diversity.collapseAbove(), 0.5, 1, problems);
        Checks.range("/diversity/mmr", diversity.mmr(), 0, 1, problems);
        Checks.range("/diversity/chunks_per_document", diversity.chunksPerDocument(), 0, 100, problems);
        Checks.range("/hierarchical/documents", hierarchical.documents(), 1, 1_000, problems);
        Checks.range("/multi_query/wordings", multiQuery.wordings(), 1, 8, problems);
        Checks.range("/multi_query/weight", multiQuery.weight(), 0, 1, problems);
        return problems;
    }
}
