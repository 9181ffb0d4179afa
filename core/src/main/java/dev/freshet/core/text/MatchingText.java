package dev.freshet.core.text;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * The form in which texts are compared with each other, in contrast to the one in which they are shown: without characters that nobody
 * sees, letters and digits of fonts (fullwidth, mathematical, ligatures) as plain ones, and letters that only look Latin, inside of a
 * word that has Latin ones, as these. Most texts are in this form already, and come back as they are.
 *
 * <p>What nobody sees is what Unicode calls <i>default ignorable</i>: zero-width and bidirectional marks, soft hyphens, joiners, variation
 * selectors, tags, fillers.
 */
public final class MatchingText {
    /** Below this one, only the soft hyphen is out of the ordinary. */
    private static final int FIRST_UNUSUAL = 0x300;

    private static final int SOFT_HYPHEN = 0xAD;

    /** From, to, from, to: {@code Default_Ignorable_Code_Point} of Unicode 16. */
    private static final int[] IGNORABLE = {
        0x00AD, 0x00AD, 0x034F, 0x034F, 0x061C, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F, 0x200B, 0x200F,
        0x202A, 0x202E, 0x2060, 0x206F, 0x3164, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0, 0xFFF0, 0xFFF8,
        0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF
    };

    /** Cyrillic and Greek letters, and the Latin ones that they cannot be told from. */
    private static final String LOOKALIKES = "аaсcеeоoрpхxуyіiјjѕsһhԁdԛqԝwАAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅSԌGԚQԜW"
            + "αaοoνvρpιiΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX";

    private static final Map<Integer, Integer> LATIN = new HashMap<>();

    static {
        for (int i = 0; i < LOOKALIKES.length(); i += 2) {
            LATIN.put((int) LOOKALIKES.charAt(i), (int) LOOKALIKES.charAt(i + 1));
        }
    }

    private MatchingText() {}

    /** The matching form of a text; linear in its length, idempotent. */
    public static String of(String text) {
        return isOrdinary(text) ? text : latin(plain(text));
    }

    /** Whether nobody sees the character. */
    public static boolean isIgnorable(int codePoint) {
        for (int i = 0; i < IGNORABLE.length; i += 2) {
            if (codePoint >= IGNORABLE[i] && codePoint <= IGNORABLE[i + 1]) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOrdinary(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == SOFT_HYPHEN || (c >= FIRST_UNUSUAL && !isPunctuation(c))) {
                return false;
            }
        }
        return true;
    }

    /** Dashes, quotation marks, bullets and the like, without the marks between them that nobody sees. */
    private static boolean isPunctuation(char c) {
        return c >= 0x2010 && c <= 0x205F && (c <= 0x2029 || c >= 0x2030);
    }

    private static String plain(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isIgnorable(c)) {
                continue;
            }
            if (c >= FIRST_UNUSUAL && Character.isLetterOrDigit(c)) {
                out.append(ofFont(c));
            } else {
                out.appendCodePoint(c);
            }
        }
        return out.toString();
    }

    private static String ofFont(int c) {
        String letter = Character.toString(c);
        String plain = Normalizer.isNormalized(letter, Normalizer.Form.NFKC)
                ? letter
                : Normalizer.normalize(letter, Normalizer.Form.NFKC);
        boolean onlyLetters = plain.codePoints().allMatch(Character::isLetterOrDigit);
        return onlyLetters ? plain : letter;
    }

    private static String latin(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int from = 0; from < text.length(); ) {
            int to = endOfWord(text, from);
            if (hasLatin(text, from, to)) {
                for (int i = from; i < to; i++) {
                    Integer latin = LATIN.get((int) text.charAt(i));
                    if (latin != null) {
                        out.setCharAt(i, (char) latin.intValue());
                    }
                }
            }
            from = Math.max(to, from + 1);
        }
        return out.toString();
    }

    private static int endOfWord(String text, int from) {
        int to = from;
        while (to < text.length() && Character.isLetter(text.charAt(to))) {
            to++;
        }
        return to;
    }

    private static boolean hasLatin(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
                return true;
            }
        }
        return false;
    }
}
