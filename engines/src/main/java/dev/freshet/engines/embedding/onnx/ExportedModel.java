package dev.freshet.engines.embedding.onnx;

import dev.freshet.core.embed.EmbedderMisconfiguredException;
import dev.freshet.core.embed.ModelIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An encoder that somebody exported, as its files and the options say, before it runs.
 *
 * @param name of the model, from the names of its files
 * @param files where they are
 * @param graph what the ONNX file says of itself
 * @param signature how it is called
 * @param pooling of its token vectors
 * @param queryPrefix put before every query
 * @param passagePrefix put before every passage
 * @param maxTokens that it reads of a text
 * @param padding the token that fills up shorter texts
 */
public record ExportedModel(
        String name,
        ModelFolder files,
        OnnxGraph graph,
        Signature signature,
        Pooling pooling,
        String queryPrefix,
        String passagePrefix,
        int maxTokens,
        long padding) {
    /** Unless asked for more: memory grows with the square, and chunks are shorter. */
    private static final int MAX_TOKENS = 512;

    private static final String NEEDED = "on every TaskManager, and where the query API runs";
    private static final Logger LOG = LoggerFactory.getLogger(ExportedModel.class);

    /**
     * Reads what the files say.
     *
     * @throws EmbedderMisconfiguredException with everything that is wrong
     */
    public static ExportedModel read(OnnxOptions options) {
        List<String> problems = new ArrayList<>();
        ModelFolder files = find(options, problems);
        if (files == null) {
            throw options.refused(problems.toArray(String[]::new));
        }
        files.hasTokenizer(problems);
        ModelConfig config = ModelConfig.read(files.folder(), problems);
        OnnxGraph graph = files.read(problems);
        if (graph == null) {
            throw options.refused(problems.toArray(String[]::new));
        }
        Pooling pooling = pooling(options, config, graph, problems);
        String queryPrefix = Objects.requireNonNullElse(options.queryPrefix(), config.queryPrefix());
        String passagePrefix = Objects.requireNonNullElse(options.passagePrefix(), config.passagePrefix());
        if (config.leavesPrefixOut() && !(queryPrefix + passagePrefix).isEmpty()) {
            problems.add("its pooling leaves out the prefix (include_prompt is false), which cannot be done here");
        }
        Signature signature = Signature.of(graph, pooling == Pooling.NONE, problems);
        if (!problems.isEmpty()) {
            throw options.refused(problems.toArray(String[]::new));
        }
        if (config.comparesByDot()) {
            LOG.warn("{} was trained for vectors of different lengths; here all have length 1", files.name());
        }
        return new ExportedModel(
                files.name(),
                files,
                graph,
                signature,
                pooling,
                queryPrefix,
                passagePrefix,
                maxTokens(options, config),
                config.padding());
    }

    /**
     * The file {@code tokenizer.json} of an encoder.
     *
     * @throws EmbedderMisconfiguredException when there is none
     */
    public static Path tokenizer(OnnxOptions options) {
        List<String> problems = new ArrayList<>();
        ModelFolder files = find(options, problems);
        if (files != null && files.hasTokenizer(problems)) {
            return files.tokenizer();
        }
        throw options.refused(problems.toArray(String[]::new));
    }

    private static @Nullable ModelFolder find(OnnxOptions options, List<String> problems) {
        return ModelFolder.find(options.path(), NEEDED, problems);
    }

    private static Pooling pooling(OnnxOptions options, ModelConfig config, OnnxGraph graph, List<String> problems) {
        Pooling wanted = options.wantedPooling();
        if (wanted == null) {
            // The graph's own vectors of whole texts contain all that follows the pooling.
            wanted = Signature.givesWholeTexts(graph) ? Pooling.NONE : config.pooling();
        }
        if (wanted == null) {
            problems.add(
                    config.saidPooling().isEmpty()
                            ? "nothing says how its token vectors become one: state --embedder-pooling"
                            : "its pooling is not known here: " + config.saidPooling());
            return Pooling.MEAN;
        }
        if (wanted != Pooling.NONE && !config.furtherModules().isEmpty()) {
            problems.add("%s follows its pooling: export it with the output sentence_embedding, which has that in it"
                    .formatted(String.join(", ", config.furtherModules())));
        }
        return wanted;
    }

    private static int maxTokens(OnnxOptions options, ModelConfig config) {
        if (options.maxTokens() > 0) {
            return options.maxTokens();
        }
        return config.maxTokens() == 0 ? MAX_TOKENS : Math.min(config.maxTokens(), MAX_TOKENS);
    }

    /** What names the model's vector space, once its dimension is known. */
    public ModelIdentity identity(int dimension) {
        List<Path> weights = new ArrayList<>(List.of(files.graph()));
        new TreeSet<>(graph.externalFiles()).forEach(external -> weights.add(files.external(external)));
        return new ModelIdentity(
                name, Checksum.of(weights), pooling.identity(), queryPrefix, passagePrefix, dimension, maxTokens);
    }
}
