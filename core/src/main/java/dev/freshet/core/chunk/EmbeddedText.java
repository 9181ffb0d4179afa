package dev.freshet.core.chunk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The exact text whose vector stands for a chunk: title, heading path, chunk. */
public final class EmbeddedText {
    private EmbeddedText() {}

    /** A title that the heading path or the chunk begins with anyway is not said twice. */
    public static String of(@Nullable String title, List<String> headingPath, String text) {
        StringBuilder embedded = new StringBuilder(text.length() + 64);
        String body = text.strip();
        boolean titleRepeated = title == null
                || title.isBlank()
                || (headingPath.isEmpty()
                        ? body.startsWith(title) || body.startsWith("# " + title)
                        : headingPath.getFirst().equals(title));
        if (!titleRepeated) {
            embedded.append(title).append('\n');
        }
        if (!headingPath.isEmpty()) {
            embedded.append(String.join(" › ", headingPath)).append('\n');
        }
        return embedded.append(body).toString();
    }
}
