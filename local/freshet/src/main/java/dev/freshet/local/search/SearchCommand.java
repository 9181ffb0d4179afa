package dev.freshet.local.search;

import com.fasterxml.jackson.databind.JsonNode;
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
@Command(name = "search", description = "Search the documents of a tenant.")
public final class SearchCommand implements Callable<Integer> {

    /** How candidates are found. */
    enum Mode {
        hybrid,
        vector,
        keyword
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

    @Option(names = "-k", paramLabel = "N", defaultValue = "5", description = "Number of hits (${DEFAULT-VALUE}).")
    private int k;

    @Option(
            names = "--filter",
            paramLabel = "KEY=VALUE",
            description = "Only documents with this metadata; repeatable, any of several values.")
    private List<String> filters = new ArrayList<>();

    @Option(names = "--group-by", defaultValue = "chunk", description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Grouping grouping = Grouping.chunk;

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Whose documents (${DEFAULT-VALUE}).")
    private String tenant = "default";

    @Option(names = "--explain", description = "Show each leg's rank and score.")
    private boolean explain;

    @Option(names = "--json", description = "Print the API's answer.")
    private boolean json;

    public SearchCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() {
        if (k < 1) {
            throw misuse("-k must be at least 1");
        }
        Query query = new Query(String.join(" ", words), mode.name(), k, filters(), grouping.name(), explain);
        RunningStack stack = RunningStack.require(home.in(workspace));
        try {
            JsonNode answer = new SearchClient(stack.api(), tenant).search(query);
            if (json) {
                workspace.terminal().line(answer.toPrettyString());
            } else {
                new HitPrinter(workspace.terminal()).print(answer);
            }
            return 0;
        } catch (IOException e) {
            throw new StackException("the query API at " + stack.api() + " does not answer. See: freshet status", e);
        }
    }

    private Map<String, List<String>> filters() {
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
