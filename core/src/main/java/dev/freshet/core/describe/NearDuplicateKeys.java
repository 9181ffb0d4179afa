package dev.freshet.core.describe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keys that texts have in common when most of their words follow each other alike: MinHash (Broder, On the resemblance and
 * containment of documents, 1997) over every three words in a row, in {@value #BANDS} bands of {@value #ROWS}.
 *
 * <p>Of two texts whose sets of three words overlap by s (Jaccard), a key is equal with probability s to the power of
 * {@value #ROWS}. An index finds near-duplicates as texts that share at least {@value #SHARED} keys.
 */
public final class NearDuplicateKeys {
    /** From so many common keys on, texts are near-duplicates. */
    public static final int SHARED = 2;

    private static final int BANDS = 8;
    private static final int ROWS = 8;
    private static final int SHINGLE = 3;
    /** Shorter texts resemble each other by chance. */
    private static final int LEAST_WORDS = 12;

    private static final int RADIX = 36;
    /** Of the bits of a key; what is dropped makes it shorter, and two equal by chance one in 2^52. */
    private static final int DROPPED_BITS = 12;

    /** One hash function for every row: multiplied by an odd number and shifted along, of which the high bits decide. */
    private static final long[] FACTORS = new long[BANDS * ROWS];

    private static final long[] SUMMANDS = new long[BANDS * ROWS];

    static {
        for (int hash = 0; hash < FACTORS.length; hash++) {
            FACTORS[hash] = mix(2 * hash + 1) | 1;
            SUMMANDS[hash] = mix(2 * hash + 2);
        }
    }

    private NearDuplicateKeys() {}

    /** The keys of a text, one for each band; none of a text too short to tell. */
    public static List<String> of(String text) {
        long[] words = words(text);
        if (words.length < LEAST_WORDS) {
            return List.of();
        }
        long[] least = new long[BANDS * ROWS];
        Arrays.fill(least, Long.MAX_VALUE);
        for (int i = 0; i + SHINGLE <= words.length; i++) {
            long shingle = 0;
            for (int j = 0; j < SHINGLE; j++) {
                shingle = mix(shingle * 31 + words[i + j]);
            }
            for (int hash = 0; hash < least.length; hash++) {
                least[hash] = Math.min(least[hash], shingle * FACTORS[hash] + SUMMANDS[hash]);
            }
        }
        return keys(least);
    }

    private static List<String> keys(long[] least) {
        List<String> keys = new ArrayList<>(BANDS);
        for (int band = 0; band < BANDS; band++) {
            long key = band;
            for (int row = 0; row < ROWS; row++) {
                key = mix(key * 31 + least[band * ROWS + row]);
            }
            keys.add(Long.toUnsignedString(key >>> DROPPED_BITS, RADIX));
        }
        return keys;
    }

    /** The hash of every word in lower case; in scripts without spaces every character is a word. */
    private static long[] words(String text) {
        long[] words = new long[text.length()];
        int count = 0;
        long word = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            boolean ideographic = Character.isIdeographic(c);
            if (Character.isLetterOrDigit(c) && !ideographic) {
                word = word * 31 + Character.toLowerCase(c) + 1;
                continue;
            }
            if (word != 0) {
                words[count++] = mix(word);
                word = 0;
            }
            if (ideographic) {
                words[count++] = mix(c);
            }
        }
        if (word != 0) {
            words[count++] = mix(word);
        }
        return Arrays.copyOf(words, count);
    }

    /** The finaliser of MurmurHash3. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
