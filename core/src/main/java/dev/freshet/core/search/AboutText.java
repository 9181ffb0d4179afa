package dev.freshet.core.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words that describe a document beside its title and text: those of its names, and the texts of its metadata. */
public final class AboutText {
    /** Where the text is cut, in UTF-16 code units: the index holds it with every chunk. */
    public static final int MAX_LENGTH = 2000;

    private static final Pattern SCHEME_AND_HOST = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*");
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:");
    private static final Pattern ENDING = Pattern.compile("(?<=[^/?#])\\.[A-Za-z][A-Za-z0-9]{0,4}(?=$|[?#])");
    private static final Pattern BETWEEN_WORDS =
            Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

    private AboutText() {}

    /**
     * The words of the id and the uri, without scheme, host and file ending and cut where camel case does, each once; then every text of
     * the metadata, once.
     */
    public static String of(String id, @Nullable String uri, JsonNode metadata) {
        Set<String> parts = new LinkedHashSet<>();
        parts.addAll(words(SCHEME_AND_HOST.matcher(start(id)).replaceFirst("")));
        if (uri != null) {
            String path = SCHEME_AND_HOST.matcher(start(uri)).replaceFirst("");
            parts.addAll(words(decoded(SCHEME.matcher(path).replaceFirst(""))));
        }
        for (JsonNode value : metadata) {
            if (value.isArray()) {
                value.forEach(element -> addText(parts, element));
            } else {
                addText(parts, value);
            }
        }
        return joined(parts);
    }

    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Whatever it is, it has words.
            return path;
        }
    }

    private static List<String> words(String path) {
        return BETWEEN_WORDS
                .splitAsStream(ENDING.matcher(path).replaceFirst(""))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static void addText(Set<String> parts, JsonNode value) {
        if (value.isTextual() && !value.textValue().isBlank()) {
            parts.add(value.textValue());
        }
    }

    private static String joined(Set<String> parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            if (!text.isEmpty()) {
                text.append(' ');
            }
            text.append(part);
            if (text.length() > MAX_LENGTH) {
                return cut(text);
            }
        }
        return text.toString();
    }

    /** Behind the last whole word, where there is one. */
    private static String cut(StringBuilder text) {
        int space = text.lastIndexOf(" ", MAX_LENGTH);
        return space > 0 ? text.substring(0, space) : start(text.toString());
    }

    private static String start(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1));
        return text.substring(0, splitsPair ? MAX_LENGTH - 1 : MAX_LENGTH);
    }
}
