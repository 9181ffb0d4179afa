package dev.freshet.engines.extract;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * How images are read, where the program for it is installed.
 *
 * @param program tesseract: a name on the path of the process, or where it lies
 * @param languages as tesseract names them, such as {@code eng+deu}
 */
public record OcrOptions(String program, String languages) implements Serializable {
    private static final Pattern LANGUAGES = Pattern.compile("[A-Za-z][A-Za-z0-9_/+]{0,99}");

    public static final OcrOptions DEFAULT = new OcrOptions("tesseract", "eng");

    public OcrOptions {
        if (program.isBlank() || !isLanguages(languages)) {
            throw new IllegalArgumentException("it takes a program, and languages as in eng+deu");
        }
    }

    /** Whether tesseract could know languages by this name. */
    public static boolean isLanguages(String languages) {
        return LANGUAGES.matcher(languages).matches();
    }
}
