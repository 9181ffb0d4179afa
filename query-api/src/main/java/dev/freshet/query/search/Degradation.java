package dev.freshet.query.search;

import dev.freshet.core.rerank.RerankOutcome;
import dev.freshet.core.search.Leg;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The codes of the stages that a search went on without, each once. */
final class Degradation {
    private static final String EMBEDDER = "embedder_unavailable";
    private static final String DOCUMENTS = "documents_leg_failed";
    private static final String VECTORS = "vectors_unavailable";
    private static final Set<String> KNOWN = known();

    private final List<String> codes = new ArrayList<>();

    private static Set<String> known() {
        Set<String> known = new HashSet<>(Set.of(EMBEDDER, DOCUMENTS, VECTORS));
        for (Leg leg : Leg.values()) {
            known.add(of(leg));
        }
        for (RerankOutcome.Kind kind : RerankOutcome.Kind.values()) {
            known.add(of(kind));
        }
        return known;
    }

    private static String of(Leg leg) {
        return leg.label() + "_leg_failed";
    }

    private static String of(RerankOutcome.Kind kind) {
        return "rerank_" + kind.name().toLowerCase(Locale.ROOT);
    }

    void embedder() {
        add(EMBEDDER);
    }

    void leg(Leg leg) {
        add(of(leg));
    }

    /** Documents could not be found first: all are searched. */
    void documents() {
        add(DOCUMENTS);
    }

    void reranker(RerankOutcome.Kind kind) {
        add(of(kind));
    }

    /** Near-duplicates and diversity need vectors that could not be read. */
    void vectors() {
        add(VECTORS);
    }

    private void add(String code) {
        if (!codes.contains(code)) {
            codes.add(code);
        }
    }

    List<String> codes() {
        return codes;
    }

    /** Those of the codes that there are: a client that keeps them could add others. */
    static List<String> known(List<String> codes) {
        return codes.stream().filter(KNOWN::contains).toList();
    }
}
