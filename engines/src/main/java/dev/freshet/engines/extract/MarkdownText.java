package dev.freshet.engines.extract;

/** Markdown while it is written, block by block, up to a limit. */
final class MarkdownText {
    private final StringBuilder text = new StringBuilder();
    private final int most;
    private long counted;
    private boolean afterItem;

    MarkdownText(int most) {
        this.most = most;
    }

    /** Characters that will be written, or thrown away. */
    void count(int characters) {
        counted += characters;
        check(counted);
    }

    private void check(long length) {
        if (length > most) {
            throw new RefusedContentException(
                    "text_too_long", "the document has more than %d characters of text".formatted(most));
        }
    }

    /**
     * Adds a block.
     *
     * @param first what its first line begins with
     * @param rest what all others begin with
     * @param item whether it begins a list item: between items there is no blank line
     */
    void block(String first, String rest, String lines, boolean item) {
        if (!text.isEmpty()) {
            text.append(item && afterItem ? "\n" : "\n\n");
        }
        text.append(first).append(rest.isEmpty() ? lines : lines.replace("\n", "\n" + rest));
        afterItem = item;
        check(text.length());
    }

    String text() {
        return text.toString();
    }
}
