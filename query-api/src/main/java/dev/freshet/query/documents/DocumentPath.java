package dev.freshet.query.documents;

import dev.freshet.query.problem.Problem;
import dev.freshet.query.problem.ProblemException;
import dev.freshet.query.problem.Violation;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The id in a path: everything after {@value #PREFIX}, slashes included, percent-decoded once. */
final class DocumentPath {
    static final String PREFIX = "/v1/documents/";

    private DocumentPath() {}

    static String id(Context ctx) {
        String path = ctx.req().getRequestURI();
        return DocumentInput.pathId(decode(path.substring(path.indexOf(PREFIX) + PREFIX.length())));
    }

    /** Unlike form decoding, this leaves {@code +} alone. */
    static String decode(String encoded) {
        byte[] bytes = encoded.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                decoded.write(bytes[i]);
                continue;
            }
            if (i + 2 >= bytes.length) {
                throw malformed();
            }
            decoded.write(hex(bytes[i + 1]) << 4 | hex(bytes[i + 2]));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private static int hex(byte digit) {
        int value = Character.digit(digit, 16);
        if (value < 0) {
            throw malformed();
        }
        return value;
    }

    private static ProblemException malformed() {
        return new ProblemException(
                Problem.invalid(List.of(new Violation("/id", "The id in the path must be percent-encoded UTF-8."))));
    }
}
