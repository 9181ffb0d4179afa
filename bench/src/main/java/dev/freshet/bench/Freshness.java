package dev.freshet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.envelope.Json;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long after the acknowledgement of a change its text is found, and the text that it replaced is not. Nothing
 * refreshes the index but the index itself, every second.
 */
@Command(
        name = "Freshness",
        mixinStandardHelpOptions = true,
        description = "Changes a document again and again, and measures how soon search follows.")
public final class Freshness implements Callable<Integer> {
    private static final long DEADLINE_MILLIS = 30_000;
    private static final long PAUSE_NANOS = 5_000_000;
    private static final String DOCUMENT = "timetable.md";

    @Option(names = "--changes", defaultValue = "60", description = "Measured changes. Default: ${DEFAULT-VALUE}")
    private int changes;

    @Option(names = "--warm-up", defaultValue = "10", description = "Changes before. Default: ${DEFAULT-VALUE}")
    private int warmUp;

    private record Clients(HttpPost documents, HttpPost search) {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Freshness()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path project = Path.of("").toAbsolutePath();
        StackOptions options = StackOptions.wholeForTests(Scratch.folder(project, "freshness"));
        Map<String, String> json = Map.of("Content-Type", "application/json");
        try (LocalStack stack = LocalStack.start(options)) {
            Clients clients = new Clients(
                    new HttpPost(stack.api(), "/v1/documents", json), new HttpPost(stack.api(), "/v1/search", json));
            List<Double> found = new ArrayList<>();
            List<Double> gone = new ArrayList<>();
            for (int change = -warmUp; change < changes; change++) {
                double[] millis = change(clients, change + warmUp);
                if (change >= 0) {
                    found.add(millis[0]);
                    gone.add(millis[1]);
                }
            }
            System.out.printf("%d changes of one document, milliseconds after the API answered 202%n", changes);
            line("new text is found", Spread.of(found));
            line("and old text is not", Spread.of(gone));
        }
        return 0;
    }

    private static void line(String name, Spread millis) {
        System.out.printf("%-22s%s%n", name, millis.percentiles());
    }

    /** Milliseconds until the new text is found, and until in addition the old one is not. */
    private static double[] change(Clients clients, int number) throws IOException {
        ObjectNode document = Json.MAPPER.createObjectNode().put("id", DOCUMENT).put("content_type", "text/markdown");
        document.put("content", "# Timetable\n\nThe ferry leaves at " + word(number) + " from the northern pier.\n");
        clients.documents().send(Json.bytes(document));
        long start = System.nanoTime();
        double found = await(clients, word(number), true, start);
        return new double[] {found, await(clients, word(number - 1), false, start)};
    }

    /** A word that no other change has. */
    private static String word(int number) {
        return "departure" + Integer.toString(1_000_000 + number, 36);
    }

    private static double await(Clients clients, String word, boolean wanted, long start) throws IOException {
        byte[] query =
                Json.bytes(Json.MAPPER.createObjectNode().put("query", word).put("mode", "keyword"));
        while (true) {
            JsonNode hits = Json.MAPPER.readTree(clients.search().send(query)).required("hits");
            double millis = (System.nanoTime() - start) / 1e6;
            if (!hits.isEmpty() == wanted) {
                return millis;
            }
            if (millis > DEADLINE_MILLIS) {
                throw new IllegalStateException("search did not follow the change of " + DOCUMENT);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
