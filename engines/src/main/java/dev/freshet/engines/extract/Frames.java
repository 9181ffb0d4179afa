package dev.freshet.engines.extract;

import dev.freshet.core.extract.ExtractOutcome;
import dev.freshet.core.extract.ExtractOutcome.Extracted;
import dev.freshet.core.extract.ExtractOutcome.Refused;
import dev.freshet.core.extract.ForeignContent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What goes to and from the process that parses. */
final class Frames {
    /** Said once, when the process can take content. */
    static final int READY = 0x46524553;

    private static final int EXTRACTED = 1;
    private static final int REFUSED = 2;
    private static final int NONE = -1;

    private Frames() {}

    static void write(DataOutput out, ForeignContent content) throws IOException {
        out.writeInt(content.bytes().length);
        out.write(content.bytes());
        text(out, content.contentType());
        text(out, content.name());
    }

    static ForeignContent readContent(DataInput in) throws IOException {
        return new ForeignContent(bytes(in), text(in), text(in));
    }

    static void write(DataOutput out, ExtractOutcome outcome) throws IOException {
        switch (outcome) {
            case Extracted(String text, String contentType, String title) -> {
                out.writeByte(EXTRACTED);
                text(out, text);
                text(out, contentType);
                text(out, title);
            }
            case Refused(String reason, String message) -> {
                out.writeByte(REFUSED);
                text(out, reason);
                text(out, message);
            }
        }
    }

    static ExtractOutcome readOutcome(DataInput in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case EXTRACTED -> new Extracted(text(in), text(in), textOrNull(in));
            case REFUSED -> new Refused(text(in), text(in));
            default -> throw new IOException("the extractor's process said what it cannot say: " + kind);
        };
    }

    private static void text(DataOutput out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(NONE);
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static String text(DataInput in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static @Nullable String textOrNull(DataInput in) throws IOException {
        int length = in.readInt();
        return length == NONE ? null : new String(bytes(in, length), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(DataInput in) throws IOException {
        return bytes(in, in.readInt());
    }

    private static byte[] bytes(DataInput in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
