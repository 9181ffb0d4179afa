package dev.freshet.engines.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Counts the WordPiece tokens of ASCII text for uncased BERT vocabularies, several times faster than a call into the
 * native tokenizer; text that it does not cover is left to that one.
 *
 * <p>The rules are those of Devlin et al., BERT (2019): drop control characters, lower-case, split at white space and
 * around punctuation, then match the longest piece of the vocabulary from left to right; a word that cannot be matched
 * to its end is one unknown token.
 */
final class AsciiWordPiece {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTINUES = "##";
    private static final int LONGEST_WORD = 100;

    private final Set<String> beginnings = new HashSet<>();
    private final Set<String> continuations = new HashSet<>();
    private final List<String> specialTokens = new ArrayList<>();
    private final int longestPiece;

    AsciiWordPiece(byte[] tokenizerJson) {
        JsonNode tokenizer = parse(tokenizerJson);
        int longest = 1;
        for (var piece : tokenizer.path("model").path("vocab").propertyStream().toList()) {
            String text = piece.getKey();
            longest = Math.max(longest, text.length());
            if (text.startsWith(CONTINUES)) {
                continuations.add(text.substring(CONTINUES.length()));
            }
            beginnings.add(text);
        }
        tokenizer
                .path("added_tokens")
                .forEach(token -> specialTokens.add(token.path("content").asText()));
        longestPiece = longest;
    }

    /** Whether a tokenizer has the rules that this class has. */
    static boolean follows(JsonNode tokenizer) {
        JsonNode model = tokenizer.path("model");
        JsonNode normalizer = tokenizer.path("normalizer");
        return model.path("type").asText().equals("WordPiece")
                && model.path("continuing_subword_prefix").asText().equals(CONTINUES)
                && model.path("max_input_chars_per_word").asInt() == LONGEST_WORD
                && normalizer.path("type").asText().equals("BertNormalizer")
                && normalizer.path("clean_text").asBoolean()
                && normalizer.path("lowercase").asBoolean()
                && tokenizer.path("pre_tokenizer").path("type").asText().equals("BertPreTokenizer")
                && tokenizer
                        .path("added_tokens")
                        .valueStream()
                        .allMatch(token -> token.path("content").asText().startsWith("["));
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read the tokenizer", e);
        }
    }

    /** The number of tokens without special tokens, or nothing when the text is not covered. */
    OptionalInt count(String text) {
        if (!covers(text)) {
            return OptionalInt.empty();
        }
        StringBuilder word = new StringBuilder();
        int tokens = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSpace(c)) {
                tokens += pieces(word);
            } else if (isPunctuation(c)) {
                tokens += pieces(word) + 1;
            } else if (!isControl(c)) {
                word.append(lowerCase(c));
            }
        }
        return OptionalInt.of(tokens + pieces(word));
    }

    private boolean covers(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 127 || (c == '[' && specialTokenAt(text, i))) {
                return false;
            }
        }
        return true;
    }

    private boolean specialTokenAt(String text, int index) {
        for (String token : specialTokens) {
            if (text.startsWith(token, index)) {
                return true;
            }
        }
        return false;
    }

    /** Counts the pieces of a word and clears it. */
    private int pieces(StringBuilder letters) {
        if (letters.isEmpty()) {
            return 0;
        }
        String word = letters.toString();
        letters.setLength(0);
        if (word.length() > LONGEST_WORD) {
            return 1;
        }
        int pieces = 0;
        for (int start = 0; start < word.length(); pieces++) {
            int end = endOfPiece(word, start);
            if (end == start) {
                return 1;
            }
            start = end;
        }
        return pieces;
    }

    private int endOfPiece(String word, int start) {
        Set<String> vocabulary = start == 0 ? beginnings : continuations;
        int end = Math.min(word.length(), start + longestPiece);
        while (end > start && !vocabulary.contains(word.substring(start, end))) {
            end--;
        }
        return end;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    private static boolean isControl(char c) {
        return c < ' ' || c == 127;
    }

    private static boolean isPunctuation(char c) {
        return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
    }

    private static char lowerCase(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
}
