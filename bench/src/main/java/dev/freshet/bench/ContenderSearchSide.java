package dev.freshet.bench;

import dev.freshet.bench.contender.Found;
import dev.freshet.bench.contender.Hit;
import dev.freshet.bench.contender.PageChange;
import dev.freshet.bench.contender.Search;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Another tool, which measures itself. It finds chunks: a document is as good as its best one. */
final class ContenderSearchSide implements SearchSide {
    /** As many as the query API asks each of its legs for, when its hits are documents. */
    private static final int CHUNKS_PER_DOCUMENT = 3;

    /** Asks the tool. */
    interface Tool {
        Found search(Search search) throws IOException;
    }

    private final String name;
    private final Tool tool;
    private final Search.Method method;
    private final Map<String, String> ids = new HashMap<>();
    private final int documents;

    /**
     * Of these pages.
     *
     * @param documents that are wanted
     */
    ContenderSearchSide(String name, Tool tool, Search.Method method, List<PageChange> pages, int documents) {
        this.name = name;
        this.tool = tool;
        this.method = method;
        this.documents = documents;
        pages.forEach(page -> ids.put(page.key(), page.id()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Answer ask(String query) throws IOException {
        Found found = tool.search(new Search(method, query, CHUNKS_PER_DOCUMENT * documents));
        Set<String> best = new LinkedHashSet<>();
        for (Hit hit : found.hits()) {
            String id = ids.get(hit.key());
            if (id == null) {
                throw new IllegalStateException("%s found a page that nobody gave it: %s".formatted(name, hit.key()));
            }
            best.add(id);
        }
        return new Answer(found.millis(), best.stream().limit(documents).toList(), false);
    }
}
