package dev.freshet.engines.embedding.onnx;

import dev.freshet.core.embed.EmbedderMisconfiguredException;
import dev.freshet.core.embed.ModelIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
 * @param file the ONNX file
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
        Path file,
        OnnxGraph graph,
        Signature signature,
        Pooling pooling,
        String queryPrefix,
        String passagePrefix,
        int maxTokens,
        long padding) {
    /** Unless asked for more: memory grows with the square, and chunks are shorter. */
    private static final int MAX_TOKENS = 512;

    private static final int HEAD = 128;
    private static final String LFS_POINTER = "version https://git-lfs";
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
        checkWhole(files.tokenizer(), problems);
        ModelConfig config = ModelConfig.read(files.folder(), problems);
        OnnxGraph graph = graph(files.graph(), problems);
        if (graph == null) {
            throw options.refused(problems.toArray(String[]::new));
        }
        for (String external : new TreeSet<>(graph.externalFiles())) {
            checkExternal(files.graph(), external, problems);
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
                files.graph(),
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
        if (files != null && checkWhole(files.tokenizer(), problems)) {
            return files.tokenizer();
        }
        throw options.refused(problems.toArray(String[]::new));
    }

    private static @Nullable ModelFolder find(OnnxOptions options, List<String> problems) {
        try {
            return ModelFolder.find(Path.of(options.path()), problems);
        } catch (InvalidPathException e) {
            problems.add("this is no path");
            return null;
        }
    }

    private static @Nullable OnnxGraph graph(Path file, List<String> problems) {
        if (!checkWhole(file, problems)) {
            return null;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                problems.add("%s is larger than 2 GB: weights of that size belong in a file beside it"
                        .formatted(file.getFileName()));
                return null;
            }
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return OnnxGraph.read(bytes);
        } catch (IOException e) {
            problems.add("%s cannot be read: %s".formatted(file.getFileName(), e.getMessage()));
        } catch (IllegalArgumentException e) {
            problems.add("%s is no ONNX file: %s".formatted(file.getFileName(), e.getMessage()));
        }
        return null;
    }

    private static void checkExternal(Path graph, String external, List<String> problems) {
        Path folder = graph.getParent();
        Path file = external(graph, external);
        if (external.isEmpty() || folder == null || !file.startsWith(folder)) {
            problems.add("%s keeps weights outside of its folder, in '%s'".formatted(graph.getFileName(), external));
        } else {
            checkWhole(file, problems);
        }
    }

    private static Path external(Path graph, String external) {
        return graph.resolveSibling(external).normalize();
    }

    /** Whether a file is there, and is not what git leaves in the place of a large one. */
    private static boolean checkWhole(Path file, List<String> problems) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            problems.add("there is no readable file %s in %s".formatted(file.getFileName(), file.getParent()));
            return false;
        }
        if (head(file).startsWith(LFS_POINTER)) {
            problems.add("%s is only a pointer of Git LFS: fetch the file itself with 'git lfs pull'"
                    .formatted(file.getFileName()));
            return false;
        }
        return true;
    }

    private static String head(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
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
        List<Path> weights = new ArrayList<>(List.of(file));
        new TreeSet<>(graph.externalFiles()).forEach(name -> weights.add(external(file, name)));
        return new ModelIdentity(
                name, Checksum.of(weights), pooling.identity(), queryPrefix, passagePrefix, dimension, maxTokens);
    }
}
