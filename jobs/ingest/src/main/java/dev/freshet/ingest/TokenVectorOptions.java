package dev.freshet.ingest;

import dev.freshet.core.lateinteraction.TokenVectorForm;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is kept of the tokens of chunks. */
final class TokenVectorOptions {
    @Option(
            names = "--token-vectors",
            defaultValue = "off",
            description =
                    "Kept in the state and the index for every new chunk, to be scored against the tokens of a query:"
                            + " bits (one bit per dimension of every token), pairs (of every two neighbouring tokens) or off. Needs"
                            + " --embedder minilm or bge-small. Default: ${DEFAULT-VALUE}")
    String tokenVectors = "off";

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        IngestOptions.check(
                TokenVectorForm.labels().contains(tokenVectors),
                "--token-vectors must be one of " + String.join(", ", TokenVectorForm.labels()),
                problems);
        return problems;
    }

    /** {@link TokenVectorForm#OFF} also where {@link #problems} are some. */
    TokenVectorForm form() {
        return TokenVectorForm.labels().contains(tokenVectors) ? TokenVectorForm.of(tokenVectors) : TokenVectorForm.OFF;
    }
}
