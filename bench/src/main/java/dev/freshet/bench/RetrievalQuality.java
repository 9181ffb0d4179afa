package dev.freshet.bench;

import dev.freshet.bench.BeirCollection.Query;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
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

/** What the query API finds when it is asked in different ways, beside the better one of its legs alone. */
@Command(
        name = "RetrievalQuality",
        mixinStandardHelpOptions = true,
        description = "Measures nDCG@10 and recall@100 of ways to ask the query API, beside its better leg.")
public final class RetrievalQuality implements Callable<Integer> {
    @Option(
            names = "--collections",
            split = ",",
            defaultValue = "cranfield,cacm,xquad",
            description = "Default: ${DEFAULT-VALUE}")
    private List<String> collections = List.of();

    @Option(
            names = "--variant",
            converter = SearchVariant.Converter.class,
            description = {
                "A way to ask, as NAME=JSON with fields of the request; may be repeated. The legs alone, keyword={\"mode\":\"keyword\"}",
                "and vector={\"mode\":\"vector\"}, are always asked; the same name asks them in another way. Default: default={}"
            })
    private List<SearchVariant> variants = List.of(SearchVariant.of("default", "{}"));

    @Option(
            names = "--ingest",
            description =
                    "Arguments of the ingest job, separated by spaces, such as '--token-vectors bits'; may be repeated.")
    private List<String> ingestArguments = List.of();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RetrievalQuality()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path project = Path.of("").toAbsolutePath();
        Map<String, BeirCollection> read = new LinkedHashMap<>();
        for (String collection : collections) {
            Optional<Path> folder = SharedData.find(project, collection);
            if (folder.isEmpty()) {
                return 0;
            }
            read.put(collection, BeirCollection.read(folder.get()));
        }
        for (var collection : read.entrySet()) {
            measure(project, collection.getKey(), collection.getValue());
        }
        return 0;
    }

    /** Every collection has a stack of its own: what a word is worth is counted over all of an index. */
    private void measure(Path project, String name, BeirCollection collection)
            throws IOException, InterruptedException {
        List<String> arguments = ingestArguments.stream()
                .flatMap(line -> List.of(line.strip().split("\\s+", -1)).stream())
                .toList();
        StackOptions options = StackOptions.wholeForTests(
                        Scratch.folder(project, "retrieval-quality/" + name), arguments.toArray(String[]::new))
                .withStartDeadline(RetrievalSideBySide.START_DEADLINE);
        try (LocalStack stack = LocalStack.start(options);
                Pipeline pipeline = new Pipeline(stack)) {
            var unused = pipeline.ingest(name, collection.documents());
            SearchableChunks index = new SearchableChunks(stack);
            index.refresh();
            Scratch.settle(stack);
            VariantTable table = new VariantTable();
            for (SearchVariant variant : withLegs()) {
                SearchSide side =
                        new FreshetSearchSide(variant.name(), variant, stack.api(), name, SearchScores.LONG_LIST);
                table.add(variant, scores(side, collection.queries()));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%n%s: %,d documents, %,d chunks, %,d queries%n%s",
                    name,
                    collection.documents().size(),
                    index.count(SearchableChunks.ofTenant(name)),
                    collection.queries().size(),
                    table.text());
        }
    }

    private List<SearchVariant> withLegs() {
        Map<String, SearchVariant> all = new LinkedHashMap<>();
        for (String leg : VariantTable.LEGS) {
            all.put(leg, SearchVariant.of(leg, "{\"mode\":\"%s\"}".formatted(leg)));
        }
        variants.forEach(variant -> all.put(variant.name(), variant));
        return new ArrayList<>(all.values());
    }

    private static SearchScores scores(SearchSide side, List<Query> queries) throws IOException {
        SearchScores scores = new SearchScores(SearchScores.LONG_LIST);
        for (Query query : queries) {
            scores.add(query, side.ask(query.text()));
        }
        return scores;
    }
}
