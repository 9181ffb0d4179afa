package dev.freshet.engines.code;

import java.nio.charset.StandardCharsets;

/** A text as a parser of bytes takes it, and which characters its bytes stand for. */
final class Utf8Text {
    private static final int STEP = 256;

    private final byte[] bytes;
    /** For every {@value #STEP}th byte, how many characters in UTF-16 begin before it. */
    private final int[] characters;

    Utf8Text(String text) {
        bytes = text.getBytes(StandardCharsets.UTF_8);
        characters = new int[bytes.length / STEP + 1];
        int count = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (i % STEP == 0) {
                characters[i / STEP] = count;
            }
            count += charactersOf(bytes[i]);
        }
        if (bytes.length % STEP == 0) {
            characters[bytes.length / STEP] = count;
        }
    }

    /** Copies what fits from an offset on; how much that is. */
    int read(byte[] into, int offset) {
        int length = Math.clamp((long) bytes.length - offset, 0, into.length);
        System.arraycopy(bytes, Math.min(offset, bytes.length), into, 0, length);
        return length;
    }

    /** The offset in UTF-16 of the character that begins at this byte. */
    int characterAt(int offset) {
        int at = Math.min(offset, bytes.length);
        int count = characters[at / STEP];
        for (int i = at - at % STEP; i < at; i++) {
            count += charactersOf(bytes[i]);
        }
        return count;
    }

    /** Characters in UTF-16 that begin with this byte: those outside of the basic plane are two. */
    private static int charactersOf(byte b) {
        boolean continues = (b & 0xC0) == 0x80;
        return continues ? 0 : (b & 0xF8) == 0xF0 ? 2 : 1;
    }
}
