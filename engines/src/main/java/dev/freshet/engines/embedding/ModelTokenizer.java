package dev.freshet.engines.embedding;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.freshet.engines.embedding.onnx.Tokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** A model's own tokenizer, without padding. Safe for concurrent use; {@link #close} frees native memory. */
public final class ModelTokenizer implements AutoCloseable {
    /**
     * What is looked at of a text. A word of more than 100 characters is one token, so no limit on characters agrees
     * with the limit on tokens for every text; this one does for text with words and bounds the time for the rest.
     */
    private static final int MAX_CHARACTERS = 1 << 16;

    private final HuggingFaceTokenizer tokenizer;

    private ModelTokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** A tokenizer that cuts after {@code maxTokens}, special tokens included. */
    public static ModelTokenizer truncating(byte[] json, int maxTokens) {
        return open(json, Map.of("truncation", "true", "padding", "false", "maxLength", Integer.toString(maxTokens)));
    }

    static ModelTokenizer unlimited(byte[] json) {
        return open(json, Map.of("truncation", "false", "padding", "false"));
    }

    private static ModelTokenizer open(byte[] json, Map<String, String> options) {
        NativeTokenizers.load();
        try {
            return new ModelTokenizer(HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read the tokenizer", e);
        }
    }

    /** The token ids of a text between the model's special tokens. */
    long[] ids(String text) {
        return encode(wellFormed(head(text)), true);
    }

    /** The tokens of two texts that are read together; what is too much is cut from the end of the longer one. */
    public Tokens pair(String first, String second) {
        long encoding = TokenizersLibrary.LIB.encodeDual(
                tokenizer.getHandle(), wellFormed(head(first)), wellFormed(head(second)), true);
        try {
            return new Tokens(TokenizersLibrary.LIB.getTokenIds(encoding), TokenizersLibrary.LIB.getTypeIds(encoding));
        } finally {
            TokenizersLibrary.LIB.deleteEncoding(encoding);
        }
    }

    /** How many tokens a text has, without special tokens. */
    int count(String text) {
        return encode(wellFormed(text), false).length;
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    // The public encode() also copies tokens, offsets and masks out of native memory, which nobody here reads.
    private long[] encode(String text, boolean specialTokens) {
        long encoding = TokenizersLibrary.LIB.encode(tokenizer.getHandle(), text, specialTokens);
        try {
            return TokenizersLibrary.LIB.getTokenIds(encoding);
        } finally {
            TokenizersLibrary.LIB.deleteEncoding(encoding);
        }
    }

    private static String head(String text) {
        return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS);
    }

    /** Native code takes UTF-8, which has no unpaired surrogates. */
    private static String wellFormed(String text) {
        int unpaired = firstUnpairedSurrogate(text, 0);
        if (unpaired < 0) {
            return text;
        }
        char[] characters = text.toCharArray();
        for (; unpaired >= 0; unpaired = firstUnpairedSurrogate(text, unpaired + 1)) {
            characters[unpaired] = '\uFFFD';
        }
        return new String(characters);
    }

    private static int firstUnpairedSurrogate(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            return i;
        }
        return -1;
    }
}
