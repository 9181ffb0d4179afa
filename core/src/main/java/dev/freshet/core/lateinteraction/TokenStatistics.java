package dev.freshet.core.lateinteraction;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How the token vectors of a model are spread over text of all kinds. What is kept of a token is on which side of the mean it
 * is: around zero most tokens would have the same sign in many a dimension, and its bit would say nothing.
 *
 * @param checksum SHA-256 of the components as {@link #bytes} has them, in hexadecimal
 * @param mean of every dimension; not to be changed
 * @param spread of every dimension: the mean distance from the mean, which a bit stands for; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // vectors; compared by their checksum
public record TokenStatistics(String checksum, float[] mean, float[] spread) {
    /**
     * Statistics of a model.
     *
     * @param mean of every dimension
     * @param spread of every dimension
     */
    public static TokenStatistics of(float[] mean, float[] spread) {
        if (mean.length == 0 || mean.length != spread.length) {
            throw new IllegalArgumentException(
                    "a mean of %d dimensions and a spread of %d".formatted(mean.length, spread.length));
        }
        return new TokenStatistics(sha256(bytes(mean, spread)), mean, spread);
    }

    /** Reads what {@link #bytes} gave. */
    public static TokenStatistics of(byte[] bytes) {
        int dimension = bytes.length / Float.BYTES / 2;
        float[] mean = new float[dimension];
        float[] spread = new float[dimension];
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(mean)
                .get(spread);
        return of(mean, spread);
    }

    /** Little-endian floats: the mean, then the spread. */
    public byte[] bytes() {
        return bytes(mean, spread);
    }

    public int dimension() {
        return mean.length;
    }

    private static byte[] bytes(float[] mean, float[] spread) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * mean.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(mean).put(spread);
        return bytes.array();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
