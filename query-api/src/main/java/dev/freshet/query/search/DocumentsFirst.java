package dev.freshet.query.search;

import dev.freshet.core.embed.EmbeddedQuery;
import dev.freshet.core.fuse.Fused;
import dev.freshet.core.fuse.RankedList;
import dev.freshet.core.plan.SearchPlan.Hierarchical;
import dev.freshet.core.search.ChunkQuery;
import dev.freshet.core.search.DocumentField;
import dev.freshet.core.search.DocumentSearch;
import dev.freshet.core.search.DocumentsOutcome;
import dev.freshet.core.search.Filter;
import dev.freshet.core.search.Leg;
import dev.freshet.core.search.LegQuery;
import dev.freshet.core.search.SearchRequest;
import dev.freshet.core.search.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first half of a hierarchical search: the documents that are most about the query, by summary vector and by title. */
final class DocumentsFirst {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentsFirst.class);
    /** Scores of a list mean something beside others only where it is longer than what is taken from it. */
    private static final int DEPTH = 2;

    private final DocumentSearch documents;

    DocumentsFirst(DocumentSearch documents) {
        this.documents = documents;
    }

    /** The filters of the request, and that a chunk is of one of the best documents; without that where none could be found. */
    List<Filter> narrowed(
            Hierarchical plan,
            SearchRequest request,
            Visibility visibility,
            @Nullable EmbeddedQuery query,
            Running running) {
        List<LegQuery> legs = new ArrayList<>();
        int depth = DEPTH * plan.documents();
        if (query != null) {
            legs.add(new LegQuery.Nearest(query.vector(), depth));
        }
        if (plan.recipe().weight(Leg.KEYWORD) > 0 || query == null) {
            legs.add(new LegQuery.Keywords(request.query(), depth));
        }
        List<RankedList<String>> lists = lists(
                new ChunkQuery(
                        visibility, request.filters(), legs, running.deadline().left()),
                plan,
                running);
        List<String> best = plan.recipe().fusion().fuse(lists).items().stream()
                .limit(plan.documents())
                .map(Fused::id)
                .toList();
        if (best.isEmpty()) {
            return request.filters();
        }
        List<Filter> filters = new ArrayList<>(request.filters());
        filters.add(new Filter.OfDocument(DocumentField.DOCUMENT_ID, best));
        return filters;
    }

    private List<RankedList<String>> lists(ChunkQuery query, Hierarchical plan, Running running) {
        List<RankedList<String>> lists = new ArrayList<>();
        for (DocumentsOutcome outcome : outcomes(query, running)) {
            switch (outcome) {
                case DocumentsOutcome.Found found ->
                    lists.add(new RankedList<>(
                            found.name(),
                            plan.recipe().weight(found.leg()),
                            found.documents().stream()
                                    .map(document -> new RankedList.Entry<>(
                                            document.documentId(), document.score(), document.documentId()))
                                    .toList()));
                case DocumentsOutcome.Failed failed -> {
                    LOG.warn("Documents not found by {}: {}", failed.name(), failed.reason());
                    running.degradation().documents();
                }
            }
        }
        return lists;
    }

    private List<DocumentsOutcome> outcomes(ChunkQuery query, Running running) {
        try {
            return running.deadline().await(documents.searchDocuments(query));
        } catch (ExecutionException | TimeoutException e) {
            running.degradation().documents();
            return List.of();
        }
    }
}
