package dev.freshet.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.envelope.ChangeEnvelope;
import dev.freshet.core.envelope.Json;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long after a patch of a document's metadata searches find all of its chunks by it, and what that embeds. */
@Command(
        name = "PatchVisibility",
        mixinStandardHelpOptions = true,
        description = "Patches the metadata of a document of many chunks again and again.")
public final class PatchVisibility implements Callable<Integer> {
    private static final DocumentKey KEY = new DocumentKey("default", "long.md");

    @Option(names = "--patches", defaultValue = "40", description = "Measured patches. Default: ${DEFAULT-VALUE}")
    private int patches;

    @Option(names = "--warm-up", defaultValue = "10", description = "Patches before. Default: ${DEFAULT-VALUE}")
    private int warmUp;

    @Option(
            names = "--sections",
            defaultValue = "200",
            description = "Of the document; each is a chunk. Default: ${DEFAULT-VALUE}")
    private int sections;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new PatchVisibility()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path project = Path.of("").toAbsolutePath();
        StackOptions options = StackOptions.wholeForTests(Scratch.folder(project, "patch-visibility"))
                .withoutApi();
        try (LocalStack stack = LocalStack.start(options);
                Pipeline pipeline = new Pipeline(stack)) {
            pipeline.change(ChangeEnvelope.upsert(KEY, new ChangeOrder(0, 1), Instant.now(), "text/markdown", page()));
            SearchableChunks searchable = new SearchableChunks(stack);
            searchable.refresh();
            long chunks = searchable.await(SearchableChunks.ALL, 1);
            List<Double> millis = new ArrayList<>();
            long tokens = 0;
            for (int patch = 1; patch <= warmUp + patches; patch++) {
                ObjectNode metadata = Json.MAPPER.createObjectNode().put("revision", patch);
                long start = System.nanoTime();
                tokens += pipeline.change(ChangeEnvelope.patch(KEY, new ChangeOrder(0, patch + 1L), Instant.now())
                        .withMetadata(metadata));
                searchable.await(SearchableChunks.with("revision", patch), chunks);
                if (patch > warmUp) {
                    millis.add((System.nanoTime() - start) / 1e6);
                }
            }
            System.out.printf(
                    "%d patches of a document of %d chunks: %d tokens embedded; found by the new metadata after, in milliseconds,"
                            + " %s%n",
                    patches, chunks, tokens, Spread.of(millis).percentiles());
        }
        return 0;
    }

    private String page() {
        StringBuilder page = new StringBuilder();
        for (int section = 1; section <= sections; section++) {
            page.append("## Part %d%n%n".formatted(section));
            for (int sentence = 1; sentence <= 12; sentence++) {
                page.append("Sentence %d of part %d says something that no other sentence says. "
                        .formatted(sentence, section));
            }
            page.append("\n\n");
        }
        return page.toString();
    }
}
