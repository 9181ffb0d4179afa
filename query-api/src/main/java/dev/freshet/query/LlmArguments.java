package dev.freshet.query;

import dev.freshet.engines.embedding.openai.ApiKey;
import dev.freshet.engines.llm.LlmSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The arguments of a language model, which may say queries in other words, and what they ask for. */
final class LlmArguments {
    private static final int LONGEST_MILLIS = 600_000;

    @Option(
            names = "--llm-url",
            description =
                    "A server that speaks POST /v1/chat/completions: its base, such as http://localhost:11434/v1. With"
                            + " it, searches in several wordings ask it for them.")
    private @Nullable String url;

    @Option(names = "--llm-model", description = "As the server names it.")
    private @Nullable String model;

    @Option(names = "--llm-key-file", description = "File with the server's key.")
    private @Nullable String keyFile;

    @Option(
            names = "--llm-key-variable",
            description = "Instead of a file: the environment variable that holds the key.")
    private @Nullable String keyVariable;

    @Option(
            names = "--llm-key-header",
            defaultValue = ApiKey.AUTHORIZATION,
            description = "Header that carries the key (default: ${DEFAULT-VALUE}, with Bearer).")
    private String keyHeader = ApiKey.AUTHORIZATION;

    @Option(
            names = "--llm-concurrency",
            defaultValue = "" + LlmSettings.DEFAULT_CONCURRENCY,
            description = "Requests to it at a time; searches beyond go by the rules (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(
            names = "--llm-deadline",
            defaultValue = "500",
            description =
                    "Milliseconds that a search waits for it, before it goes by the rules (default: ${DEFAULT-VALUE}).")
    private int deadlineMillis;

    @Option(
            names = "--llm-analyze",
            description = "Also ask it what every query asks for, which makes every search wait for it.")
    private boolean analyze;

    /**
     * What a language model is asked for.
     *
     * @param deadline of each question, for the search that waits
     * @param analyze whether it says what queries ask for
     */
    record Uses(LlmSettings settings, Duration deadline, boolean analyze) {}

    /** Null where no argument speaks of a model. */
    @Nullable
    Uses uses() {
        Duration deadline = Duration.ofMillis(deadlineMillis);
        LlmSettings settings = LlmSettings.stated(
                url, model, new ApiKey(keyFile, keyVariable, keyHeader), LlmSettings.DEFAULT_TIMEOUT, concurrency);
        return settings == null ? null : new Uses(settings, deadline, analyze);
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Uses uses = uses();
        if (uses == null && analyze) {
            problems.add("--llm-analyze needs --llm-url and --llm-model");
        }
        if (uses != null) {
            problems.addAll(uses.settings().problems());
        }
        if (deadlineMillis < 1 || deadlineMillis > LONGEST_MILLIS) {
            problems.add("--llm-deadline must be from 1 to " + LONGEST_MILLIS);
        }
        return problems;
    }
}
