package dev.freshet.core.extract;

import dev.freshet.core.document.DocumentFields;
import org.jspecify.annotations.Nullable;

/** What the block of properties says that a Markdown page may begin with. */
public final class FrontMatter {
    private static final String FENCE = "---\n";
    private static final String TITLE = "title:";
    /** What is longer is no front matter, but a page that begins with a line. */
    private static final int LONGEST = 64 << 10;

    private static final int LONGEST_TITLE = 4096;

    private FrontMatter() {}

    /** The fields with the page's title, where they are a Markdown page's and have none. */
    public static DocumentFields completed(DocumentFields fields, String text) {
        return fields.title() == null && MediaType.parse(fields.contentType()).isMarkdown()
                ? fields.withTitleIfNone(title(text))
                : fields;
    }

    /** The title that the page states; null where it states none on one line. */
    public static @Nullable String title(String markdown) {
        if (!markdown.startsWith(FENCE)) {
            return null;
        }
        int end = markdown.substring(0, Math.min(markdown.length(), LONGEST)).indexOf("\n---\n", FENCE.length() - 1);
        for (int from = FENCE.length(); from < end; ) {
            int to = markdown.indexOf('\n', from);
            String line = markdown.substring(from, to);
            if (line.startsWith(TITLE)) {
                return title(line.substring(TITLE.length()).strip(), LONGEST_TITLE);
            }
            from = to + 1;
        }
        return null;
    }

    /** A scalar of YAML on one line: plain, or in quotes. */
    private static @Nullable String title(String scalar, int longest) {
        String title = scalar;
        if (scalar.startsWith("\"") || scalar.startsWith("'")) {
            char quote = scalar.charAt(0);
            int close = scalar.lastIndexOf(quote);
            title = close == 0 ? "" : scalar.substring(1, close);
            title = quote == '"' ? title.replace("\\\"", "\"").replace("\\\\", "\\") : title.replace("''", "'");
        } else if (scalar.startsWith("|")
                || scalar.startsWith(">")
                || scalar.startsWith("[")
                || scalar.startsWith("{")) {
            return null;
        } else if (scalar.contains(" #")) {
            title = scalar.substring(0, scalar.indexOf(" #"));
        }
        title = title.strip();
        return title.isEmpty() || title.length() > longest ? null : title;
    }
}
