package dev.freshet.bench;

import dev.freshet.bench.BeirCollection.Query;
import dev.freshet.bench.SearchSide.Answer;
import dev.freshet.bench.contender.PageChange;
import dev.freshet.bench.contender.Search;
import dev.freshet.core.chunk.TokenCounter;
import dev.freshet.engines.embedding.Tokenizers;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Freshet's searches beside those of LangChain4j and Spring AI: same documents, same queries, same model, same OpenSearch. */
@Command(
        name = "RetrievalSideBySide",
        mixinStandardHelpOptions = true,
        description = "Compares what Freshet, LangChain4j and Spring AI find, and how long it takes, query by query.")
public final class RetrievalSideBySide implements Callable<Integer> {
    private static final String EMBEDDER = "minilm";
    private static final int BATCH = 32;
    /** Of machines that have other work as well: what is found does not depend on it. */
    static final Duration START_DEADLINE = Duration.ofMinutes(6);

    @Option(
            names = "--collections",
            split = ",",
            defaultValue = "cranfield,cacm,xquad",
            description = "Default: ${DEFAULT-VALUE}")
    private List<String> collections = List.of();

    @Option(names = "--rounds", defaultValue = "3", description = "Over all queries. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "2", description = "Rounds before. Default: ${DEFAULT-VALUE}")
    private int warmUp;

    @Option(
            names = "--hits",
            defaultValue = "10",
            description =
                    "Documents of a search, 10 to 100; with 100, recall is that of 100. Default: ${DEFAULT-VALUE}")
    private int hits;

    @Option(
            names = "--variant",
            converter = SearchVariant.Converter.class,
            description = {
                "A way to ask Freshet, as NAME=JSON with fields of the request; may be repeated, and the first is compared with",
                "all others. Default: hybrid={\"mode\":\"hybrid\"} and vector={\"mode\":\"vector\"}"
            })
    private List<SearchVariant> variants = List.of(
            SearchVariant.of("hybrid", "{\"mode\":\"hybrid\"}"), SearchVariant.of("vector", "{\"mode\":\"vector\"}"));

    @Option(
            names = "--langchain4j-tokens",
            defaultValue = "194",
            description = "The most tokens of LangChain4j's chunks, as the model counts. Default: ${DEFAULT-VALUE}")
    private int langChain4jTokens;

    @Option(
            names = "--spring-tokens",
            defaultValue = "133",
            description = "The most tokens of Spring AI's chunks, as cl100k counts. Default: ${DEFAULT-VALUE}")
    private int springTokens;

    @Option(names = "--job", description = "A further argument of the ingest job; may be repeated.")
    private List<String> jobArguments = List.of();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RetrievalSideBySide()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (hits < SearchScores.FIRST_PAGE || hits > SearchScores.LONG_LIST || rounds < 1) {
            throw new ParameterException(
                    new CommandLine(this), "--hits is between 10 and 100, and there is at least one of --rounds");
        }
        Path project = Path.of("").toAbsolutePath();
        Map<String, BeirCollection> read = new LinkedHashMap<>();
        for (String collection : collections) {
            Optional<Path> folder = SharedData.find(project, collection);
            if (folder.isEmpty()) {
                return 0;
            }
            read.put(collection, BeirCollection.read(folder.get()));
        }
        List<String> summaries = new ArrayList<>();
        for (var collection : read.entrySet()) {
            RetrievalTable table = measure(project, collection.getKey(), collection.getValue());
            System.out.printf("%n%s%n", table.text());
            summaries.add(table.summary());
        }
        System.out.printf(
                Locale.ROOT,
                "%nnDCG@10 (recall@%d; p50), %d documents asked, %d rounds: %s%n",
                hits < SearchScores.LONG_LIST ? SearchScores.FIRST_PAGE : SearchScores.LONG_LIST,
                hits,
                rounds,
                String.join("; ", summaries));
        return 0;
    }

    /** Every collection has a stack of its own: what a word is worth is counted over all of an index. */
    private RetrievalTable measure(Path project, String name, BeirCollection collection)
            throws IOException, InterruptedException {
        System.out.printf(
                Locale.ROOT,
                "%n%s: %,d documents, %,d queries%n",
                name,
                collection.documents().size(),
                collection.queries().size());
        Path folder = Scratch.folder(project, "retrieval-side-by-side/" + name);
        StackOptions options = StackOptions.wholeForTests(folder, jobArguments.toArray(String[]::new))
                .withStartDeadline(START_DEADLINE);
        try (LocalStack stack = LocalStack.start(options);
                Pipeline pipeline = new Pipeline(stack);
                ContenderProcess langChain4j = ContenderProcess.start(
                        "bench/langchain4j",
                        "dev.freshet.bench.langchain4j.LangChain4j",
                        folder,
                        stack.openSearch(),
                        langChain4jTokens);
                ContenderProcess springAi = ContenderProcess.start(
                        "bench/springai",
                        "dev.freshet.bench.springai.SpringAi",
                        folder,
                        stack.openSearch(),
                        springTokens)) {
            RetrievalTable table = new RetrievalTable(name, hits);
            List<SearchSide> sides = new ArrayList<>();
            freshet(name, collection, stack, pipeline).forEach((side, chunks) -> expect(side, chunks, table, sides));
            TokenCounter tokens = Tokenizers.open(EMBEDDER);
            List<PageChange> pages = collection.documents().stream()
                    .map(RetrievalSideBySide::page)
                    .toList();
            String chunks = chunks(new ContenderSide("LangChain4j", stack, langChain4j, tokens, folder, BATCH), pages);
            expect(asked("LangChain4j", langChain4j, Search.Method.EXACT, pages), chunks, table, sides);
            chunks = chunks(new ContenderSide("Spring AI", stack, springAi, tokens, folder, BATCH), pages);
            expect(asked("Spring AI", springAi, Search.Method.EXACT, pages), chunks, table, sides);
            expect(asked("Spring AI, approximate", springAi, Search.Method.APPROXIMATE, pages), chunks, table, sides);
            Scratch.settle(stack);
            takeTurns(sides, collection.queries(), table);
            return table;
        }
    }

    private Map<SearchSide, String> freshet(
            String tenant, BeirCollection collection, LocalStack stack, Pipeline pipeline) throws IOException {
        var unused = pipeline.ingest(tenant, collection.documents());
        SearchableChunks index = new SearchableChunks(stack);
        index.refresh();
        String chunks = "%,d".formatted(index.count(SearchableChunks.ofTenant(tenant)));
        Map<SearchSide, String> sides = new LinkedHashMap<>();
        for (SearchVariant variant : variants) {
            sides.put(new FreshetSearchSide("Freshet, " + variant.name(), variant, stack.api(), tenant, hits), chunks);
        }
        return sides;
    }

    private static String chunks(ContenderSide side, List<PageChange> pages) throws IOException {
        return "%,d".formatted(side.load(0, pages).indexed());
    }

    private SearchSide asked(String name, ContenderProcess tool, Search.Method method, List<PageChange> pages) {
        return new ContenderSearchSide(name, tool::search, method, pages, hits);
    }

    private static void expect(SearchSide side, String chunks, RetrievalTable table, List<SearchSide> sides) {
        table.expect(side, chunks);
        sides.add(side);
    }

    /** The others know no titles: theirs is the first line, unless the text begins with it anyway. */
    private static PageChange page(Corpus.Document document) {
        String title = document.title();
        String content = document.content();
        return new PageChange(
                document.id(), title == null || content.startsWith(title) ? content : title + "\n\n" + content);
    }

    /** Who comes first changes with every query and every round. */
    private void takeTurns(List<SearchSide> sides, List<Query> queries, RetrievalTable table) throws IOException {
        for (int round = -warmUp; round < rounds; round++) {
            for (int i = 0; i < queries.size(); i++) {
                Query query = queries.get(i);
                for (int turn = 0; turn < sides.size(); turn++) {
                    SearchSide side = sides.get(Math.floorMod(i + round + turn, sides.size()));
                    Answer answer = side.ask(query.text());
                    if (round == 0) {
                        table.judge(side, query, answer);
                    }
                    if (round >= 0) {
                        table.time(side, answer);
                    }
                }
            }
        }
    }
}
