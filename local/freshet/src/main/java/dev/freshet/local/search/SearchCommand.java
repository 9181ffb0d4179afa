package dev.freshet.local.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.local.lifecycle.HomeOption;
import dev.freshet.local.lifecycle.RunningStack;
import dev.freshet.local.lifecycle.Workspace;
import dev.freshet.local.search.SearchClient.Query;
import dev.freshet.local.stack.StackException;
import dev.freshet.local.terminal.Misuse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Searches from the command line. */
@Command(name = "search", description = "Search the documents of a tenant.", sortOptions = false)
public final class SearchCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    /** Which legs may find candidates. */
    enum Mode {
        hybrid,
        vector,
        keyword
    }

    /** How candidates are found. */
    enum Strategy {
        auto,
        standard,
        hierarchical,
        multi_query
    }

    /** What a hit is. */
    enum Grouping {
        chunk,
        document
    }

    private final Workspace workspace;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private HomeOption home = new HomeOption();

    @Parameters(arity = "1..*", paramLabel = "QUERY", description = "What to search for.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--mode", defaultValue = "hybrid", description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Mode mode = Mode.hybrid;

    @Option(names = "--strategy", defaultValue = "auto", description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Strategy strategy = Strategy.auto;

    @Option(names = "-k", paramLabel = "N", defaultValue = "5", description = "Number of hits (${DEFAULT-VALUE}).")
    private int k;

    @Option(
            names = "--pages",
            paramLabel = "N",
            defaultValue = "1",
            description = "Go on with the next hits until there were so many pages (${DEFAULT-VALUE}).")
    private int pages;

    @Option(
            names = "--filter",
            paramLabel = "KEY=VALUE",
            description = "Only documents with this metadata; repeatable, any of several values.")
    private List<String> filters = new ArrayList<>();

    @Option(
            names = "--where",
            paramLabel = "JSON",
            description = "Only what this expression holds for, such as"
                    + " '{\"range\":{\"year\":{\"gte\":2025}}}': equals, in, range, exists, and, or, not.")
    private @Nullable String where;

    @Option(names = "--group-by", defaultValue = "chunk", description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Grouping grouping = Grouping.chunk;

    @Option(
            names = "--language",
            paramLabel = "CODE",
            description = "Of the query, such as de (default: as its words tell).")
    private @Nullable String language;

    @Option(
            names = "--rerank",
            paramLabel = "NAME",
            description = "none, or a reranker that the API has (default: as the ranking profile has it).")
    private @Nullable String rerank;

    @Option(
            names = "--mmr",
            paramLabel = "SHARE",
            description =
                    "What relevance counts beside difference, from 0 to 1 (default: as the ranking profile has it).")
    private @Nullable Double mmr;

    @Option(names = "--per-document", paramLabel = "N", description = "Hits of a document at most.")
    private @Nullable Integer perDocument;

    @Option(names = "--duplicates", description = "Show near-duplicates as hits of their own.")
    private boolean duplicates;

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Whose documents (${DEFAULT-VALUE}).")
    private String tenant = "default";

    @Option(
            names = "--explain",
            description = "Show what the query was taken for, the plan, and how scores came about.")
    private boolean explain;

    @Option(names = "--json", description = "Print the API's answers.")
    private boolean json;

    public SearchCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() {
        if (k < 1) {
            throw misuse("-k must be at least 1");
        }
        if (pages < 1) {
            throw misuse("--pages must be at least 1");
        }
        Query query = new Query(fields());
        RunningStack stack = RunningStack.require(home.in(workspace));
        try {
            SearchClient client = new SearchClient(stack.api(), tenant);
            JsonNode answer = client.search(query);
            print(answer);
            for (int page = 1; page < pages && answer.path("next_cursor").isTextual(); page++) {
                answer = client.search(query.after(answer.path("next_cursor").textValue()));
                print(answer);
            }
            return 0;
        } catch (IOException e) {
            throw new StackException("the query API at " + stack.api() + " does not answer. See: freshet status", e);
        }
    }

    private void print(JsonNode answer) {
        if (json) {
            workspace.terminal().line(answer.toPrettyString());
        } else {
            new HitPrinter(workspace.terminal()).print(answer);
        }
    }

    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("query", String.join(" ", words));
        fields.put("mode", mode.name());
        fields.put("strategy", strategy.name());
        fields.put("k", k);
        fields.put("group_by", grouping.name());
        fields.put("explain", explain);
        putUnlessNull(fields, "language", language);
        putUnlessNull(fields, "rerank", rerank);
        putUnlessNull(fields, "mmr", mmr);
        putUnlessNull(fields, "chunks_per_document", perDocument);
        putUnlessNull(fields, "collapse", duplicates ? Boolean.FALSE : null);
        putUnlessNull(fields, "filter", where == null ? null : expression(where));
        if (!filters.isEmpty()) {
            fields.put("filters", keysAndValues());
        }
        return fields;
    }

    private static void putUnlessNull(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private JsonNode expression(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw misuse("--where wants JSON, such as '{\"equals\":{\"team\":\"platform\"}}', not '" + text + "'");
        }
    }

    private Map<String, List<String>> keysAndValues() {
        Map<String, List<String>> parsed = new LinkedHashMap<>();
        for (String filter : filters) {
            int equals = filter.indexOf('=');
            if (equals < 1) {
                throw misuse("--filter wants KEY=VALUE, not '" + filter + "'");
            }
            parsed.computeIfAbsent(filter.substring(0, equals), key -> new ArrayList<>())
                    .add(filter.substring(equals + 1));
        }
        return parsed;
    }

    private ParameterException misuse(String message) {
        return Misuse.of(spec, message);
    }
}
