package dev.freshet.core.analyze;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells the language of a query by its script, or by the little words that only one language has. Queries are too short for models of
 * letters; and a wrong guess costs little, since documents of other languages are found by their plain words all the same.
 */
public final class QueryLanguage {
    private static final Pattern WORD_ENDS = Pattern.compile("[^\\p{L}\\p{M}']+");
    private static final int MOST_WORDS = 64;
    private static final Map<String, String> LITTLE_WORDS = new HashMap<>();

    static {
        words("en", "the of and what which how is are does do when where why who to in for with from that this");
        words(
                "de",
                "der die das und ist wie was ich nicht mit für auf ein eine einen welche welcher wann wo warum zu von den dem");
        words(
                "fr",
                "le les des et est une pour dans que qui quoi comment où quand pourquoi avec sur du au aux ce cette");
        words("es", "el los las y es una para qué cómo dónde cuándo por con del al quién cuál se");
        words("it", "il gli della e è una per che come dove quando perché con di nel sono del alla");
        words("pt", "o os as é uma para que como onde quando por com do da não em ao quem qual");
        words("nl", "het een van en hoe wat waar wanneer waarom met voor niet op zijn de ik welke");
        words("sv", "och hur vad är en ett för med på inte när var varför till från som");
        words("da", "og hvordan hvad er en et for med på ikke hvornår hvor hvorfor til fra som");
        words("no", "og hvordan hva er en et for med på ikke når hvor hvorfor til fra som");
        words("fi", "ja miten mikä on ei kun missä miksi kanssa mitä kuinka");
        words("pl", "i jak co jest nie w z na do czy gdzie kiedy dlaczego który");
        words("tr", "ve nasıl ne bir bu için ile nerede neden zaman hangi değil");
    }

    private QueryLanguage() {}

    /** Words that several languages have tell none of them. */
    private static void words(String language, String words) {
        for (String word : words.split(" ", -1)) {
            LITTLE_WORDS.merge(word, language, (one, other) -> "");
        }
    }

    /** The language as an ISO 639 code; null where nothing tells it. */
    public static @Nullable String of(String query) {
        String byScript = byScript(query);
        return byScript == null ? byWords(query) : byScript;
    }

    private static @Nullable String byScript(String query) {
        boolean han = false;
        for (int i = 0; i < query.length(); ) {
            int character = query.codePointAt(i);
            i += Character.charCount(character);
            if (character < 0x370) {
                continue;
            }
            switch (Character.UnicodeScript.of(character)) {
                case HIRAGANA, KATAKANA -> {
                    return "ja";
                }
                case HANGUL -> {
                    return "ko";
                }
                case HAN -> han = true;
                case GREEK -> {
                    return "el";
                }
                case CYRILLIC -> {
                    return "ru";
                }
                case ARABIC -> {
                    return "ar";
                }
                case DEVANAGARI -> {
                    return "hi";
                }
                case THAI -> {
                    return "th";
                }
                default -> {
                    // Of many languages.
                }
            }
        }
        return han ? "zh" : null;
    }

    private static @Nullable String byWords(String query) {
        Map<String, Integer> votes = new HashMap<>();
        for (String word : WORD_ENDS.split(query.toLowerCase(Locale.ROOT), MOST_WORDS)) {
            String language = LITTLE_WORDS.get(word);
            if (language != null && !language.isEmpty()) {
                votes.merge(language, 1, Integer::sum);
            }
        }
        String best = null;
        int most = 0;
        boolean alone = true;
        for (var vote : votes.entrySet()) {
            if (vote.getValue() > most) {
                most = vote.getValue();
                best = vote.getKey();
                alone = true;
            } else if (vote.getValue() == most) {
                alone = false;
            }
        }
        return alone ? best : null;
    }
}
