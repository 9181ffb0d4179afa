package dev.freshet.core.describe;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The language of a short text: by its script where that decides, among those of the Latin alphabet by their most frequent
 * short words. A guess for filters and display; where too little speaks for one language, none is named.
 */
final class WrittenLanguage {
    private static final String UNKNOWN = "";
    private static final int LEAST_WORDS = 3;
    private static final int MOST_CHARACTERS = 4_000;

    /** Words that stand in nearly every sentence of their language; most of them stand in no other. */
    private static final Map<String, List<String>> LANGUAGES_OF_WORD = languagesOfWord(Map.of(
            "en", "the and of to is that for with this are be from not you it as on was by or an if can will has",
            "de",
                    "der die das und ist nicht mit ein eine den dem von zu auf für sich auch wird im bei sind oder werden",
            "fr", "le la les des et est une dans pour que qui pas sur avec du au ce sont par plus nous vous ne",
            "es", "el los las una es por con para que del se como más pero su al lo son está y este en",
            "it", "il gli una che di non per con sono della del è anche come più alla nel dei questo le ha",
            "pt", "os uma não com para que do da em por mais dos das ao são como é se foi pela também",
            "nl", "de het een van en is niet met voor dat zijn op te aan ook wordt bij naar door deze"));

    private WrittenLanguage() {}

    static String of(String text) {
        String head = text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
        Map<UnicodeScript, Integer> scripts = scripts(head);
        int letters = scripts.values().stream().mapToInt(Integer::intValue).sum();
        UnicodeScript most = UnicodeScript.UNKNOWN;
        int count = 0;
        for (Map.Entry<UnicodeScript, Integer> script : scripts.entrySet()) {
            if (script.getValue() > count) {
                most = script.getKey();
                count = script.getValue();
            }
        }
        // Kana stand between Han characters in Japanese, and in no other language.
        boolean kana = scripts.containsKey(UnicodeScript.HIRAGANA) || scripts.containsKey(UnicodeScript.KATAKANA);
        if (2 * count < letters && !kana) {
            return UNKNOWN;
        }
        return switch (most) {
            case LATIN -> byWords(head);
            case HIRAGANA, KATAKANA -> "ja";
            case HAN -> kana ? "ja" : "zh";
            case HANGUL -> "ko";
            case CYRILLIC -> head.matches("(?s).*[іїєґІЇЄҐ].*") ? "uk" : "ru";
            case GREEK -> "el";
            case ARABIC -> "ar";
            case HEBREW -> "he";
            case DEVANAGARI -> "hi";
            case THAI -> "th";
            default -> UNKNOWN;
        };
    }

    private static Map<UnicodeScript, Integer> scripts(String text) {
        Map<UnicodeScript, Integer> scripts = new EnumMap<>(UnicodeScript.class);
        text.codePoints()
                .filter(Character::isLetter)
                .forEach(letter -> scripts.merge(UnicodeScript.of(letter), 1, Integer::sum));
        return scripts;
    }

    private static String byWords(String text) {
        Map<String, Integer> found = new HashMap<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+", -1)) {
            LANGUAGES_OF_WORD.getOrDefault(word, List.of()).forEach(language -> found.merge(language, 1, Integer::sum));
        }
        String best = UNKNOWN;
        int most = 0;
        int second = 0;
        for (Map.Entry<String, Integer> language : found.entrySet()) {
            int count = language.getValue();
            if (count > most) {
                second = most;
                most = count;
                best = language.getKey();
            } else {
                second = Math.max(second, count);
            }
        }
        return most >= LEAST_WORDS && 2 * most >= 3 * second ? best : UNKNOWN;
    }

    private static Map<String, List<String>> languagesOfWord(Map<String, String> words) {
        Map<String, List<String>> languages = new HashMap<>();
        words.forEach((language, frequent) -> {
            for (String word : frequent.split(" ", -1)) {
                languages.computeIfAbsent(word, absent -> new ArrayList<>()).add(language);
            }
        });
        return languages;
    }
}
