package dev.freshet.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class EvalOptionsTest {
    @Test
    void defaultsFitOneMachine() {
        EvalOptions options = options();

        assertThat(options.problems()).isEmpty();
        assertThat(options.modes).containsExactly("hybrid", "keyword", "vector");
        assertThat(options.apiUrl).isEqualTo("http://localhost:8080");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        List<String> problems = options(
                        "--modes", "hybrid,bm25", "--k", "20", "--depth", "10", "--concurrency", "0", "--api-url", "x")
                .problems();

        assertThat(problems).hasSize(4);
    }

    private static EvalOptions options(String... more) {
        EvalOptions options = new EvalOptions();
        CommandLine commandLine = new CommandLine(options);
        commandLine.parseArgs(concat(more));
        return options;
    }

    private static String[] concat(String... more) {
        String[] all = new String[more.length + 4];
        System.arraycopy(new String[] {"--beir", "a", "--output", "b.json"}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        return all;
    }
}
