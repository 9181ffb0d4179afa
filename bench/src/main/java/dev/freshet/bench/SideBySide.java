package dev.freshet.bench;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ChunkStrategy;
import dev.freshet.core.chunk.TokenCounter;
import dev.freshet.engines.chunking.Chunkers;
import dev.freshet.engines.embedding.Tokenizers;
import dev.freshet.local.stack.LocalStack;
import dev.freshet.local.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Freshet beside LangChain4j and Spring AI: same pages, same model, same OpenSearch; a first load, then a stretch of edit history. */
@Command(
        name = "SideBySide",
        mixinStandardHelpOptions = true,
        description = "Compares Freshet with LangChain4j and Spring AI, in turns.")
public final class SideBySide implements Callable<Integer> {
    private static final String EMBEDDER = "minilm";

    @Option(names = "--pages", defaultValue = "300", description = "Of the first load. Default: ${DEFAULT-VALUE}")
    private int pages;

    @Option(names = "--changes", defaultValue = "600", description = "Of the replay. Default: ${DEFAULT-VALUE}")
    private int changes;

    @Option(
            names = "--from",
            defaultValue = "10000",
            description = "How many changes of the history come before. Default: ${DEFAULT-VALUE}")
    private int from;

    @Option(names = "--turns", defaultValue = "3", description = "Measured turns of each. Default: ${DEFAULT-VALUE}")
    private int turns;

    @Option(names = "--warm-up", defaultValue = "1", description = "Turns before. Default: ${DEFAULT-VALUE}")
    private int warmUp;

    @Option(
            names = "--batch",
            defaultValue = "32",
            description = "Changes that the other tools are given at once, at most. Default: ${DEFAULT-VALUE}")
    private int batch;

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
        System.exit(new CommandLine(new SideBySide()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path project = Path.of("").toAbsolutePath();
        Optional<Path> history = SharedData.find(project, SharedData.HANDBOOK);
        if (history.isEmpty()) {
            return 0;
        }
        HistorySlice slice = HistorySlice.of(history.get(), from, pages, changes);
        System.out.printf(
                Locale.ROOT,
                "%,d pages, then %,d changes: %s%n",
                slice.pages().size(),
                slice.changes().size(),
                slice.kinds());
        Path folder = Scratch.folder(project, "side-by-side");
        StackOptions options = StackOptions.wholeForTests(folder, jobArguments.toArray(String[]::new))
                .withoutApi();
        TokenCounter tokens = Tokenizers.open(EMBEDDER);
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
            List<Side> sides = List.of(
                    new FreshetSide(stack, pipeline, Chunkers.open(ChunkStrategy.AUTO, ChunkSize.DEFAULT, EMBEDDER)),
                    new ContenderSide("LangChain4j", stack, langChain4j, tokens, folder, batch),
                    new ContenderSide("Spring AI", stack, springAi, tokens, folder, batch));
            takeTurns(sides, stack, slice);
        }
        return 0;
    }

    /** Who comes first changes with every turn. */
    private void takeTurns(List<Side> sides, LocalStack stack, HistorySlice slice)
            throws IOException, InterruptedException {
        SideTable loads = new SideTable("first load", "pages");
        SideTable replays = new SideTable("replay of the history", "changes");
        List<Side> order = new ArrayList<>(sides);
        for (int turn = -warmUp; turn < turns; turn++) {
            for (Side side : order) {
                Scratch.settle(stack);
                SideRound load = side.load(turn + warmUp, slice.pages());
                Scratch.settle(stack);
                SideRound replay = side.replay(turn + warmUp, slice.changes());
                print(turn, side, load, replay);
                if (turn >= 0) {
                    loads.add(side, load);
                    replays.add(side, replay);
                }
            }
            Collections.rotate(order, 1);
        }
        loads.print(sides);
        replays.print(sides);
    }

    private static void print(int turn, Side side, SideRound load, SideRound replay) {
        System.out.printf(
                Locale.ROOT,
                "%-10s%-13s%8.1f pages/s, %,9d tokens; %8.1f changes/s, %,9d tokens; chunks too many: %d%n",
                turn < 0 ? "warm-up" : "turn " + (turn + 1),
                side.name(),
                load.changesPerSecond(),
                load.tokens(),
                replay.changesPerSecond(),
                replay.tokens(),
                replay.surplus());
    }
}
