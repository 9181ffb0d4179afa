package dev.freshet.engines.embedding;

import dev.freshet.core.lateinteraction.TokenVectorForm;
import dev.freshet.engines.embedding.onnx.OnnxOptions;
import dev.freshet.engines.embedding.openai.OpenAiOptions;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which embedder, and what it needs.
 *
 * @param name one of {@link Embedders#names()}
 * @param threads that encode passages in this process; a provider has its own
 * @param provider of the embedder {@link Embedders#OPENAI}, null for all others
 * @param exported of the embedder {@link Embedders#ONNX}, null for all others
 * @param tokenVectors what is kept of the tokens of passages
 */
public record EmbedderSettings(
        String name,
        int threads,
        @Nullable OpenAiOptions provider,
        @Nullable OnnxOptions exported,
        TokenVectorForm tokenVectors)
        implements Serializable {
    /** Of an embedder that keeps no token vectors. */
    public EmbedderSettings(
            String name, int threads, @Nullable OpenAiOptions provider, @Nullable OnnxOptions exported) {
        this(name, threads, provider, exported, TokenVectorForm.OFF);
    }

    /** Of an encoder that comes with Freshet. */
    public EmbedderSettings(String name, int threads) {
        this(name, threads, null, null);
    }

    /** The same embedder, which keeps this of the tokens of passages. */
    public EmbedderSettings keeping(TokenVectorForm form) {
        return new EmbedderSettings(name, threads, provider, exported, form);
    }

    /** Everything that is wrong, in the words of the command line; empty when the embedder can be opened. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!Embedders.names().contains(name)) {
            problems.add(
                    "--embedder must be one of %s, but is %s".formatted(String.join(", ", Embedders.names()), name));
        } else {
            ofTheProvider(problems);
            ofTheExportedEncoder(problems);
            ofTokenVectors(problems);
        }
        return problems;
    }

    private void ofTheProvider(List<String> problems) {
        if (name.equals(Embedders.OPENAI) && provider != null) {
            problems.addAll(provider.problems());
        } else if (name.equals(Embedders.OPENAI)) {
            problems.add("--embedder openai needs --embedder-url and --embedder-model");
        } else if (provider != null) {
            problems.add("--embedder-url and what belongs to it need --embedder openai, but --embedder is " + name);
        }
    }

    private void ofTheExportedEncoder(List<String> problems) {
        if (name.equals(Embedders.ONNX) && exported != null) {
            problems.addAll(exported.problems());
        } else if (name.equals(Embedders.ONNX)) {
            problems.add("--embedder onnx needs --embedder-model-path, the folder or file of the encoder");
        } else if (exported != null) {
            problems.add(
                    "--embedder-model-path and what belongs to it need --embedder onnx, but --embedder is " + name);
        }
    }

    private void ofTokenVectors(List<String> problems) {
        if (tokenVectors != TokenVectorForm.OFF && !Embedders.tellTokenVectors(name)) {
            problems.add("--token-vectors %s needs an encoder whose mean token vector is known: --embedder %s, not %s"
                    .formatted(tokenVectors.label(), String.join(" or ", BuiltInModel.names()), name));
        }
    }
}
