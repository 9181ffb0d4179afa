package dev.freshet.bench;

import dev.freshet.bench.contender.Done;
import dev.freshet.bench.contender.PageChange;
import dev.freshet.bench.contender.Work;
import dev.freshet.core.chunk.TokenCounter;
import dev.freshet.core.envelope.Json;
import dev.freshet.local.stack.Component;
import dev.freshet.local.stack.LocalStack;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Another tool, in a process of its own, with an index of its own in the stack's OpenSearch. */
final class ContenderSide implements Side {
    /** The two that the model puts around every text. */
    private static final int SPECIAL_TOKENS = 2;

    private final String name;
    private final LocalStack stack;
    private final ContenderProcess process;
    private final TokenCounter tokens;
    private final Path folder;
    private final int batch;

    ContenderSide(
            String name, LocalStack stack, ContenderProcess process, TokenCounter tokens, Path folder, int batch) {
        this.name = name;
        this.stack = stack;
        this.process = process;
        this.tokens = tokens;
        this.folder = folder;
        this.batch = batch;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SideRound load(int turn, List<PageChange> pages) throws IOException {
        return work(turn, Work.Kind.LOAD, pages);
    }

    @Override
    public SideRound replay(int turn, List<PageChange> changes) throws IOException {
        return work(turn, Work.Kind.REPLAY, changes);
    }

    private SideRound work(int turn, Work.Kind kind, List<PageChange> changes) throws IOException {
        String index = "%s-%d".formatted(name.toLowerCase(Locale.ROOT).replace(" ", "-"), turn);
        Path input = folder.resolve(index + "-changes.jsonl");
        Path texts = folder.resolve(index + "-texts.jsonl");
        write(input, changes);
        double before = cpuSeconds();
        Done done = process.work(new Work(index, kind, input.toString(), batch, texts.toString()));
        double cpu = cpuSeconds() - before;
        SearchableChunks chunks = new SearchableChunks(stack, index);
        chunks.refresh();
        return new SideRound(
                changes.size(),
                done.seconds(),
                done.embedded(),
                tokens(texts),
                cpu,
                chunks.count(SearchableChunks.ALL),
                done.live());
    }

    private double cpuSeconds() {
        return CpuSeconds.ofProcess(process.pid()) + CpuSeconds.ofProcess(stack.pid(Component.OPENSEARCH));
    }

    private static void write(Path file, List<PageChange> changes) throws IOException {
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (PageChange change : changes) {
                lines.write(Json.MAPPER.writeValueAsString(change));
                lines.newLine();
            }
        }
    }

    private long tokens(Path texts) throws IOException {
        long sum = 0;
        try (BufferedReader lines = Files.newBufferedReader(texts)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                sum += tokens.count(Json.MAPPER.readValue(line, String.class)) + SPECIAL_TOKENS;
            }
        }
        return sum;
    }
}
