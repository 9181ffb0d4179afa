package dev.freshet.engines.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.core.chunk.TokenCounter;
import dev.freshet.engines.embedding.onnx.ExportedModel;
import dev.freshet.engines.embedding.onnx.OnnxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The tokenizer of an exported model, as it lies in its file. */
public final class TokenizerFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> PADDING = Set.of("[PAD]", "<pad>");

    private final Refusal refusal;
    private final byte[] bytes;
    private final JsonNode json;

    /** Makes of a problem the exception that tells a person of it. */
    public interface Refusal {
        RuntimeException of(String problem);
    }

    private TokenizerFile(Refusal refusal, byte[] bytes, JsonNode json) {
        this.refusal = refusal;
        this.bytes = bytes;
        this.json = json;
    }

    /** @throws dev.freshet.core.embed.EmbedderMisconfiguredException when it is none */
    static TokenizerFile read(OnnxOptions options) {
        return read(ExportedModel.tokenizer(options), options::refused);
    }

    /**
     * Reads a file.
     *
     * @param refusal what is thrown when it is no tokenizer, here and by all that is made of it
     */
    public static TokenizerFile read(Path file, Refusal refusal) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            JsonNode json = JSON.readTree(bytes);
            if (json.path("model").path("vocab").isEmpty()) {
                throw refusal.of("tokenizer.json has no vocabulary");
            }
            return new TokenizerFile(refusal, bytes, json);
        } catch (IOException e) {
            throw refusal.of("tokenizer.json cannot be read as JSON");
        }
    }

    /** The largest number of a token. */
    public long largestId() {
        JsonNode vocabulary = json.path("model").path("vocab");
        // The pieces of a unigram model are numbered by their places.
        long largest = vocabulary.isArray() ? vocabulary.size() - 1L : 0;
        if (vocabulary.isObject()) {
            for (JsonNode id : vocabulary) {
                largest = Math.max(largest, id.asLong());
            }
        }
        for (JsonNode token : json.path("added_tokens")) {
            largest = Math.max(largest, token.path("id").asLong());
        }
        return largest;
    }

    /** The token that fills up shorter texts, where the file tells; else 0. */
    public long padding() {
        JsonNode stated = json.path("padding").path("pad_id");
        if (stated.isIntegralNumber()) {
            return stated.asLong();
        }
        for (JsonNode token : json.path("added_tokens")) {
            if (PADDING.contains(token.path("content").asText())) {
                return token.path("id").asLong();
            }
        }
        return 0;
    }

    /** The tokenizer itself, which cuts after {@code maxTokens}, special tokens included. */
    public ModelTokenizer truncating(int maxTokens) {
        try {
            return ModelTokenizer.truncating(bytes, maxTokens);
        } catch (RuntimeException e) {
            throw refusal.of("tokenizer.json cannot be used: " + e.getMessage());
        }
    }

    /** Counts as the encoder reads, faster where the tokenizer is the one that {@link AsciiWordPiece} follows. */
    TokenCounter counter() {
        ModelTokenizer tokenizer;
        try {
            tokenizer = ModelTokenizer.unlimited(bytes);
        } catch (RuntimeException e) {
            throw refusal.of("tokenizer.json cannot be used: " + e.getMessage());
        }
        if (!AsciiWordPiece.follows(json)) {
            return tokenizer::count;
        }
        AsciiWordPiece ascii = new AsciiWordPiece(bytes);
        return text -> ascii.count(text).orElseGet(() -> tokenizer.count(text));
    }
}
