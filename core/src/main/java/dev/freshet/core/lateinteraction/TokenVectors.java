package dev.freshet.core.lateinteraction;

import java.nio.ByteBuffer;

/**
 * The quantised vectors of a passage's tokens: a header, then the vectors one after the other, each of them a bit per
 * dimension, lowest bit of the lowest byte first, filled up with zeros to whole bytes.
 *
 * <pre>
 * byte 0     version of this layout
 * byte 1     bit 0: every vector stands for two neighbouring tokens
 * bytes 2–3  dimension, most significant byte first
 * bytes 4–5  number of vectors, most significant byte first
 * </pre>
 *
 * @param form {@link TokenVectorForm#BITS} or {@link TokenVectorForm#PAIRS}
 * @param bytes all of them, header included; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // a view of what is stored; never compared
public record TokenVectors(TokenVectorForm form, int dimension, int count, byte[] bytes) {
    static final int HEADER = 6;
    private static final byte VERSION = 1;
    private static final byte PAIRS = 1;

    /**
     * Reads what was stored.
     *
     * @throws IllegalArgumentException when it is nothing that was stored by this version or an earlier one
     */
    public static TokenVectors of(byte[] bytes) {
        if (bytes.length < HEADER || bytes[0] != VERSION || (bytes[1] & ~PAIRS) != 0) {
            throw new IllegalArgumentException("These are no token vectors that this version of Freshet can read");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        int dimension = Short.toUnsignedInt(header.getShort(2));
        int count = Short.toUnsignedInt(header.getShort(4));
        if (bytes.length != HEADER + count * stride(dimension)) {
            throw new IllegalArgumentException("Token vectors of %d dimensions were cut: %d vectors in %d bytes"
                    .formatted(dimension, count, bytes.length));
        }
        return new TokenVectors(
                bytes[1] == PAIRS ? TokenVectorForm.PAIRS : TokenVectorForm.BITS, dimension, count, bytes);
    }

    /** A header, and room for the vectors. */
    static TokenVectors empty(TokenVectorForm form, int dimension, int count) {
        byte[] bytes = new byte[HEADER + count * stride(dimension)];
        bytes[0] = VERSION;
        bytes[1] = form == TokenVectorForm.PAIRS ? PAIRS : 0;
        ByteBuffer.wrap(bytes).putShort(2, (short) dimension).putShort(4, (short) count);
        return new TokenVectors(form, dimension, count, bytes);
    }

    /** The bytes of one vector. */
    int stride() {
        return stride(dimension);
    }

    static int stride(int dimension) {
        return (dimension + Byte.SIZE - 1) / Byte.SIZE;
    }
}
