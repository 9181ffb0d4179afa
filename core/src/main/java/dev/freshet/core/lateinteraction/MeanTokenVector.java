package dev.freshet.core.lateinteraction;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The mean of a model's token vectors over text of all kinds, which is subtracted before only signs are kept: where most
 * tokens have the same sign in a dimension, its bit says nothing.
 *
 * @param checksum SHA-256 of the components as little-endian floats, in hexadecimal
 * @param components not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // a vector; compared by its checksum
public record MeanTokenVector(String checksum, float[] components) {
    /** Reads components from little-endian floats. */
    public static MeanTokenVector of(byte[] littleEndianFloats) {
        float[] components = new float[littleEndianFloats.length / Float.BYTES];
        ByteBuffer.wrap(littleEndianFloats)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(components);
        return new MeanTokenVector(sha256(littleEndianFloats), components);
    }

    /** The components as {@link #of} reads them. */
    public byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(components.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(components);
        return bytes.array();
    }

    public int dimension() {
        return components.length;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
