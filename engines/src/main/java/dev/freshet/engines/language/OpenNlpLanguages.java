package dev.freshet.engines.language;

import dev.freshet.core.extract.LanguageDetector;
import dev.freshet.core.text.MatchingText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;
import org.jspecify.annotations.Nullable;

/**
 * Tells the language by the letters that follow each other at the beginning of a text, with the model of OpenNLP for 183 languages. The model is
 * read once in a process, when the first text comes, and takes about 40 MB.
 */
public final class OpenNlpLanguages implements LanguageDetector {
    private static final String MODEL = "/langdetect-183.bin";
    /** More text tells hardly more. */
    private static final int CHARACTERS = 400;

    private static final int LOOKED_AT = 8000;
    /** Fewer tell nothing. */
    private static final int FEWEST_LETTERS = 40;

    /** How much likelier the language must be than the next one: the model's own figures depend on how long the text is. */
    private static final double MARGIN = 1.2;

    /** Names that the model has for languages, or for one of several of the same code. */
    private static final Map<String, String> CODES = new HashMap<>(Map.ofEntries(
            Map.entry("cmn", "zh"),
            Map.entry("ekk", "et"),
            Map.entry("lvs", "lv"),
            Map.entry("pes", "fa"),
            Map.entry("nob", "no"),
            Map.entry("zlm", "ms"),
            Map.entry("khk", "mn"),
            Map.entry("plt", "mg"),
            Map.entry("uzn", "uz"),
            Map.entry("swh", "sw"),
            Map.entry("arb", "ar"),
            Map.entry("azj", "az"),
            Map.entry("als", "sq")));

    static {
        for (String code : Locale.getISOLanguages()) {
            CODES.putIfAbsent(Locale.of(code).getISO3Language(), code);
        }
    }

    /** Read when it is asked for first. */
    private static final class Model {
        static final LanguageDetectorModel SHARED = read();

        private static LanguageDetectorModel read() {
            try (InputStream model = OpenNlpLanguages.class.getResourceAsStream(MODEL)) {
                if (model == null) {
                    throw new IllegalStateException("the model of languages is not on the class path: " + MODEL);
                }
                return new LanguageDetectorModel(model);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public @Nullable String detect(String text) {
        String sample = sample(text);
        if (sample.codePoints().filter(Character::isLetter).count() < FEWEST_LETTERS) {
            return null;
        }
        Language[] languages = new LanguageDetectorME(Model.SHARED).predictLanguages(sample);
        boolean certain = languages.length > 1 && languages[0].getConfidence() >= MARGIN * languages[1].getConfidence();
        return certain ? CODES.getOrDefault(languages[0].getLang(), languages[0].getLang()) : null;
    }

    /** The words at the beginning, without front matter and code. */
    private static String sample(String text) {
        StringBuilder sample = new StringBuilder(CHARACTERS + 1);
        String start = MatchingText.of(text.substring(0, Math.min(text.length(), LOOKED_AT)));
        boolean left = start.startsWith("---\n");
        boolean first = true;
        for (String line : (Iterable<String>) start.lines()::iterator) {
            boolean fence = line.startsWith("```") || (left && !first && line.equals("---"));
            first = false;
            if (fence) {
                left = !left;
            } else if (!left) {
                addWords(sample, line);
            }
            if (sample.length() >= CHARACTERS) {
                break;
            }
        }
        return sample.toString();
    }

    private static void addWords(StringBuilder sample, String line) {
        for (int i = 0; i < line.length() && sample.length() < CHARACTERS; i++) {
            char c = line.charAt(i);
            boolean word = Character.isLetter(c)
                    || Character.isSurrogate(c)
                    || Character.getType(c) == Character.NON_SPACING_MARK
                    || Character.getType(c) == Character.COMBINING_SPACING_MARK
                    || c == '\''
                    || c == '’';
            if (word) {
                sample.append(c);
            } else if (!sample.isEmpty() && sample.charAt(sample.length() - 1) != ' ') {
                sample.append(' ');
            }
        }
        if (!sample.isEmpty() && sample.charAt(sample.length() - 1) != ' ') {
            sample.append(' ');
        }
    }
}
