package dev.freshet.bench;

import dev.freshet.core.chunk.ChunkSize;
import dev.freshet.core.chunk.ChunkStrategy;
import dev.freshet.core.chunk.Chunker;
import dev.freshet.core.chunk.TextChunk;
import dev.freshet.core.chunk.TokenCounter;
import dev.freshet.engines.chunking.Chunkers;
import dev.freshet.engines.embedding.Tokenizers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Time to chunk Markdown (reading it included), beside that of the encoder's tokenizer alone on the same text, and of the counter that stands
 * in for it; one core.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ChunkingSpeed {
    private static final int PAGES_BYTES = 1 << 20;

    /** {@code ascii}: pages of ASCII only; {@code mixed}: all pages as they are; a number: one text of so many MB. */
    @Param({"ascii", "mixed", "1", "10"})
    public String texts = "";

    private List<String> pages = List.of();
    private TokenCounter tokens = text -> 0;
    private TokenCounter encodersTokens = text -> 0;
    private Chunker chunker = ChunkStrategy.FIXED.chunker(tokens, ChunkSize.DEFAULT, (language, text) -> List.of());

    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        new Runner(new CommandLineOptions(withThisBenchmark(arguments))).run();
    }

    private static String[] withThisBenchmark(String[] arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = ChunkingSpeed.class.getSimpleName();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }

    @Setup
    public void read() throws IOException {
        List<String> all = SharedData.handbook(Path.of("").toAbsolutePath())
                .map(pages -> pages.stream().map(Corpus.Document::content).toList())
                .orElseGet(() -> List.of("# No data\n\nSome words.\n\n".repeat(10_000)));
        tokens = Tokenizers.open("minilm");
        encodersTokens = Tokenizers.ofTheEncoder("minilm");
        chunker = Chunkers.open(ChunkStrategy.AUTO, ChunkSize.DEFAULT, "minilm");
        pages = switch (texts) {
            case "ascii" -> upTo(all.stream().filter(ChunkingSpeed::isAscii).toList(), PAGES_BYTES);
            case "mixed" -> upTo(all, PAGES_BYTES);
            default -> List.of(oneText(all, Integer.parseInt(texts) << 20));
        };
    }

    private static List<String> upTo(List<String> pages, int characters) {
        int[] left = {characters};
        return pages.stream().takeWhile(page -> (left[0] -= page.length()) > 0).toList();
    }

    private static String oneText(List<String> pages, int characters) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < characters; i++) {
            String page = pages.get(i % pages.size());
            if (isAscii(page)) {
                text.append(page).append("\n\n");
            }
        }
        return text.substring(0, characters);
    }

    private static boolean isAscii(String text) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }

    @Benchmark
    public long encodersTokenizer() {
        return count(encodersTokens);
    }

    @Benchmark
    public long counterAlone() {
        return count(tokens);
    }

    private long count(TokenCounter counter) {
        long count = 0;
        for (String page : pages) {
            count += counter.count(page);
        }
        return count;
    }

    @Benchmark
    public long parseAndChunk() {
        long count = 0;
        for (String page : pages) {
            for (TextChunk chunk : chunker.chunk("text/markdown", page)) {
                count += chunk.tokens();
            }
        }
        return count;
    }
}
