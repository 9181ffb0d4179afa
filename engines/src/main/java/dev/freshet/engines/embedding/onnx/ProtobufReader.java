package dev.freshet.engines.embedding.onnx;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks over the fields of one message in the wire format of Protocol Buffers. Weights are stepped over, never read.
 *
 * <p>What is no such message ends in {@link IllegalArgumentException} or {@link BufferUnderflowException}.
 */
final class ProtobufReader {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED_32 = 5;
    private static final int LONGEST_VARINT = 10;

    private final ByteBuffer bytes;
    private int wireType;

    ProtobufReader(ByteBuffer message) {
        bytes = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Goes to the next field and returns its number; 0 at the end. Its value must be read or skipped next. */
    int next() {
        if (!bytes.hasRemaining()) {
            return 0;
        }
        long tag = varint();
        wireType = (int) (tag & 7);
        long field = tag >>> 3;
        if (field < 1 || field > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("no field has the number " + field);
        }
        return (int) field;
    }

    long number() {
        if (wireType != VARINT) {
            throw new IllegalArgumentException("a number was expected");
        }
        return varint();
    }

    ProtobufReader message() {
        return new ProtobufReader(slice());
    }

    String text() {
        return StandardCharsets.UTF_8.decode(slice()).toString();
    }

    void skip() {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED_64 -> step(Long.BYTES);
            case FIXED_32 -> step(Integer.BYTES);
            default -> slice();
        }
    }

    private ByteBuffer slice() {
        if (wireType != LENGTH) {
            throw new IllegalArgumentException("unknown wire type " + wireType);
        }
        long length = varint();
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer slice = bytes.slice(bytes.position(), (int) length);
        step((int) length);
        return slice;
    }

    private void step(int count) {
        if (count > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        bytes.position(bytes.position() + count);
    }

    private long varint() {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            byte next = bytes.get();
            value |= (long) (next & 0x7F) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number does not end");
    }
}
