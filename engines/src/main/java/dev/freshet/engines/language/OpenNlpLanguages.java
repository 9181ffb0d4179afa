package dev.freshet.engines.language;

import dev.freshet.core.extract.LanguageDetector;
import dev.freshet.core.text.MatchingText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import opennlp.tools.langdetect.DefaultLanguageDetectorContextGenerator;
import opennlp.tools.langdetect.LanguageDetectorContextGenerator;
import opennlp.tools.langdetect.LanguageDetectorModel;
import opennlp.tools.ml.model.MaxentModel;
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

    /** Most texts tell their language with these already. */
    private static final int FIRST_LOOK = 100;

    /** How much likelier the language must then be than the next one. */
    private static final double FIRST_MARGIN = 2;

    /** How much likelier it must be in the end: the model's own figures depend on how long the text is. */
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

    private static final LanguageDetectorContextGenerator NGRAMS = new DefaultLanguageDetectorContextGenerator(1, 3);

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
        Guess first = guess(sample.substring(0, Math.min(sample.length(), FIRST_LOOK)));
        if (first.lead() >= FIRST_MARGIN) {
            return first.code();
        }
        Guess whole = sample.length() > FIRST_LOOK ? guess(sample) : first;
        return whole.lead() >= MARGIN ? whole.code() : null;
    }

    /** @param lead how much likelier the language is than the next one */
    private record Guess(String language, double lead) {
        String code() {
            return CODES.getOrDefault(language, language);
        }
    }

    /** As OpenNLP's own detector does it, without what that does to addresses, numbers and emoji: the sample has none. */
    private static Guess guess(String sample) {
        CharSequence[] ngrams = NGRAMS.getContext(sample);
        MaxentModel model = Model.SHARED.getMaxentModel();
        double[] likelihoods =
                model.eval(Arrays.stream(ngrams).map(CharSequence::toString).toArray(String[]::new));
        int best = 0;
        double next = 0;
        for (int i = 1; i < likelihoods.length; i++) {
            if (likelihoods[i] > likelihoods[best]) {
                next = likelihoods[best];
                best = i;
            } else {
                next = Math.max(next, likelihoods[i]);
            }
        }
        return new Guess(model.getOutcome(best), likelihoods[best] / next);
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
