package dev.freshet.core.lateinteraction;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The bits of a passage's token vectors as words of 64, in the order in which they are compared. */
final class PassageWords {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private PassageWords() {}

    static void check(QueryTokens query, TokenVectors passage) {
        if (query.dimension() != passage.dimension()) {
            throw new IllegalArgumentException("The query's token vectors have %d dimensions, the passage's %d"
                    .formatted(query.dimension(), passage.dimension()));
        }
    }

    /** Vector after vector. */
    static long[] rows(TokenVectors passage) {
        int words = QueryTokens.words(passage.dimension());
        long[] rows = new long[passage.count() * words];
        for (int vector = 0; vector < passage.count(); vector++) {
            for (int word = 0; word < words; word++) {
                rows[vector * words + word] = word(passage, vector, word);
            }
        }
        return rows;
    }

    /**
     * Groups of vectors, and in each the first words of all its vectors, then the second words, and so on. The last group is
     * filled up with the last vector, which changes no maximum.
     */
    static long[] columns(TokenVectors passage, int group) {
        int words = QueryTokens.words(passage.dimension());
        int groups = (passage.count() + group - 1) / group;
        long[] columns = new long[groups * group * words];
        for (int i = 0; i < groups * group; i++) {
            int vector = Math.min(i, passage.count() - 1);
            int target = i / group * group * words + i % group;
            for (int word = 0; word < words; word++) {
                columns[target + word * group] = word(passage, vector, word);
            }
        }
        return columns;
    }

    private static long word(TokenVectors passage, int vector, int word) {
        int stride = passage.stride();
        int start = TokenVectors.HEADER + vector * stride + word * Long.BYTES;
        int left = stride - word * Long.BYTES;
        if (left >= Long.BYTES) {
            return (long) LONG.get(passage.bytes(), start);
        }
        long bits = 0;
        for (int i = 0; i < left; i++) {
            bits |= (passage.bytes()[start + i] & 0xFFL) << (i * Byte.SIZE);
        }
        return bits;
    }
}
