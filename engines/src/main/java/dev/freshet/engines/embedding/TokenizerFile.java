package dev.freshet.engines.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.core.chunk.TokenCounter;
import dev.freshet.engines.embedding.onnx.ExportedModel;
import dev.freshet.engines.embedding.onnx.OnnxOptions;
import java.io.IOException;
import java.nio.file.Files;

/** The tokenizer of an exported encoder, as it lies in its file. */
final class TokenizerFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OnnxOptions options;
    private final byte[] bytes;
    private final JsonNode json;

    private TokenizerFile(OnnxOptions options, byte[] bytes, JsonNode json) {
        this.options = options;
        this.bytes = bytes;
        this.json = json;
    }

    /** @throws dev.freshet.core.embed.EmbedderMisconfiguredException when it is none */
    static TokenizerFile read(OnnxOptions options) {
        try {
            byte[] bytes = Files.readAllBytes(ExportedModel.tokenizer(options));
            JsonNode json = JSON.readTree(bytes);
            if (json.path("model").path("vocab").isEmpty()) {
                throw options.refused("tokenizer.json has no vocabulary");
            }
            return new TokenizerFile(options, bytes, json);
        } catch (IOException e) {
            throw options.refused("tokenizer.json cannot be read as JSON");
        }
    }

    /** The largest number of a token. */
    long largestId() {
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

    ModelTokenizer truncating(int maxTokens) {
        try {
            return ModelTokenizer.truncating(bytes, maxTokens);
        } catch (RuntimeException e) {
            throw options.refused("tokenizer.json cannot be used: " + e.getMessage());
        }
    }

    /** Counts as the encoder reads, faster where the tokenizer is the one that {@link AsciiWordPiece} follows. */
    TokenCounter counter() {
        ModelTokenizer tokenizer;
        try {
            tokenizer = ModelTokenizer.unlimited(bytes);
        } catch (RuntimeException e) {
            throw options.refused("tokenizer.json cannot be used: " + e.getMessage());
        }
        if (!AsciiWordPiece.follows(json)) {
            return tokenizer::count;
        }
        AsciiWordPiece ascii = new AsciiWordPiece(bytes);
        return text -> ascii.count(text).orElseGet(() -> tokenizer.count(text));
    }
}
