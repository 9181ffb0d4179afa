package dev.freshet.core.verify;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Texts of any length in a file. */
final class Texts {
    private Texts() {}

    static void write(DataOutput out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static @Nullable String readOrNull(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static String read(DataInput in) throws IOException {
        return Objects.requireNonNull(readOrNull(in), "a text that is always there");
    }

    static void write(DataOutput out, @Nullable List<String> texts) throws IOException {
        out.writeInt(texts == null ? -1 : texts.size());
        if (texts != null) {
            for (String text : texts) {
                write(out, text);
            }
        }
    }

    static @Nullable List<String> readListOrNull(DataInput in) throws IOException {
        int size = in.readInt();
        if (size < 0) {
            return null;
        }
        List<String> texts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            texts.add(read(in));
        }
        return texts;
    }
}
