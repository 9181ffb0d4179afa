package dev.freshet.query.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.profile.RankingProfile;
import dev.freshet.core.rank.Cursor;
import dev.freshet.core.search.GroupBy;
import dev.freshet.core.search.RankingChoices;
import dev.freshet.core.search.SearchMode;
import dev.freshet.core.search.SearchRequest;
import dev.freshet.core.search.Strategy;
import dev.freshet.core.text.CanonicalText;
import dev.freshet.query.input.ObjectReader;
import dev.freshet.query.input.Violations;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Understands the body of a search. */
final class SearchInput {
    static final int LONGEST_QUERY = 4000;

    private static final int HITS = 10;
    private static final int LONGEST_CURSOR = 1 << 20;
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");
    private static final Set<String> FIELDS = Set.of(
            "query",
            "mode",
            "strategy",
            "k",
            "cursor",
            "filter",
            "filters",
            "chunk_filters",
            "group_by",
            "language",
            "rerank",
            "mmr",
            "chunks_per_document",
            "collapse",
            "highlight",
            "explain");

    private final ObjectReader fields;
    private final Violations violations;

    private SearchInput(ObjectReader fields, Violations violations) {
        this.fields = fields;
        this.violations = violations;
    }

    /**
     * What the body asks for.
     *
     * @param cursor to go on with; null to begin
     */
    record Asked(SearchRequest request, @Nullable Cursor cursor) {}

    /**
     * The search that the body asks for.
     *
     * @param rerankers names of those that there are
     * @throws dev.freshet.query.problem.ProblemException with everything that is wrong with it
     */
    static Asked read(ObjectNode body, Set<String> rerankers) {
        Violations violations = new Violations();
        SearchInput input = new SearchInput(new ObjectReader(body, FIELDS, violations), violations);
        Asked asked = input.read(rerankers);
        violations.throwIfAny();
        return asked;
    }

    private Asked read(Set<String> rerankers) {
        SearchRequest request = new SearchRequest(
                CanonicalText.of(fields.requiredText("query", LONGEST_QUERY)).strip(),
                fields.choice("mode", SearchMode.values(), SearchMode::label, SearchMode.HYBRID),
                fields.choice("strategy", Strategy.values(), Strategy::label, Strategy.AUTO),
                (int) fields.integer("k", 1, SearchRequest.MOST_HITS, HITS),
                FilterInput.read(fields, violations),
                fields.choice("group_by", GroupBy.values(), GroupBy::label, GroupBy.CHUNK),
                language(),
                new RankingChoices(reranker(rerankers), mmr(), perDocument(), fields.optionalFlag("collapse")),
                fields.flag("highlight", true),
                fields.flag("explain", false));
        return new Asked(request, cursor());
    }

    private @Nullable String language() {
        String language = fields.text("language", 3);
        if (language != null && !LANGUAGE.matcher(language).matches()) {
            fields.refuse("language", "must be an ISO 639 code, such as en or de");
        }
        return language;
    }

    private @Nullable String reranker(Set<String> rerankers) {
        String reranker = fields.text("rerank", 64);
        if (reranker == null || reranker.equals(RankingProfile.Rerank.NONE) || rerankers.contains(reranker)) {
            return reranker;
        }
        fields.refuse("rerank", "must be none or one of " + String.join(", ", new TreeSet<>(rerankers)));
        return null;
    }

    private @Nullable Double mmr() {
        JsonNode mmr = fields.value("mmr");
        if (mmr == null) {
            return null;
        }
        if (!mmr.isNumber() || !(mmr.doubleValue() >= 0 && mmr.doubleValue() <= 1)) {
            fields.refuse("mmr", "must be a number from 0 to 1");
            return null;
        }
        return mmr.doubleValue();
    }

    private @Nullable Integer perDocument() {
        return fields.optionalInteger("chunks_per_document", 1, SearchRequest.MOST_HITS)
                .map(Long::intValue)
                .orElse(null);
    }

    private @Nullable Cursor cursor() {
        String text = fields.text("cursor", LONGEST_CURSOR);
        if (text == null) {
            return null;
        }
        Cursor cursor = Cursor.read(text).orElse(null);
        if (cursor == null) {
            fields.refuse("cursor", "must be the next_cursor of an answer, whole and unchanged");
        }
        return cursor;
    }
}
