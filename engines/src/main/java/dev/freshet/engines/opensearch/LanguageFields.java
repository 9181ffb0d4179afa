package dev.freshet.engines.opensearch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The languages whose words the index knows beside the English ones, each in a sub-object of {@value #OBJECT} with the fields
 * {@code title}, {@code heading_path} and {@code text}.
 */
final class LanguageFields {
    static final String OBJECT = "in_language";

    /** OpenSearch's own analyzers by sub-object; a sub-object is named as the language, but for {@code cjk}. */
    static final Map<String, String> ANALYZERS = Map.ofEntries(
            Map.entry("ar", "arabic"),
            Map.entry("bg", "bulgarian"),
            Map.entry("bn", "bengali"),
            Map.entry("ca", "catalan"),
            Map.entry("cjk", "cjk"),
            Map.entry("ckb", "sorani"),
            Map.entry("cs", "czech"),
            Map.entry("da", "danish"),
            Map.entry("de", "german"),
            Map.entry("el", "greek"),
            Map.entry("es", "spanish"),
            Map.entry("et", "estonian"),
            Map.entry("eu", "basque"),
            Map.entry("fa", "persian"),
            Map.entry("fi", "finnish"),
            Map.entry("fr", "french"),
            Map.entry("ga", "irish"),
            Map.entry("gl", "galician"),
            Map.entry("hi", "hindi"),
            Map.entry("hu", "hungarian"),
            Map.entry("hy", "armenian"),
            Map.entry("id", "indonesian"),
            Map.entry("it", "italian"),
            Map.entry("lt", "lithuanian"),
            Map.entry("lv", "latvian"),
            Map.entry("nl", "dutch"),
            Map.entry("no", "norwegian"),
            Map.entry("pt", "portuguese"),
            Map.entry("ro", "romanian"),
            Map.entry("ru", "russian"),
            Map.entry("sv", "swedish"),
            Map.entry("th", "thai"),
            Map.entry("tr", "turkish"));

    private static final Map<String, String> SHARED =
            Map.of("zh", "cjk", "ja", "cjk", "ko", "cjk", "nb", "no", "nn", "no");

    private LanguageFields() {}

    /**
     * The sub-object with the words of the language.
     *
     * @param language an ISO 639 code as {@code DocumentFields} has it
     * @return empty for English, for a language without an analyzer, and for null
     */
    static Optional<String> of(@Nullable String language) {
        if (language == null) {
            return Optional.empty();
        }
        String name = SHARED.getOrDefault(language, language);
        return ANALYZERS.containsKey(name) ? Optional.of(name) : Optional.empty();
    }

    /** The languages whose words are in the sub-object. */
    static List<String> languagesOf(String subObject) {
        List<String> languages = new ArrayList<>();
        if (!subObject.equals("cjk")) {
            languages.add(subObject);
        }
        SHARED.forEach((language, shared) -> {
            if (shared.equals(subObject)) {
                languages.add(language);
            }
        });
        return languages;
    }
}
