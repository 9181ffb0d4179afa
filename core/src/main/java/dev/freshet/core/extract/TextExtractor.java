package dev.freshet.core.extract;

import java.util.concurrent.CompletableFuture;

/**
 * Makes text of content that is none. Safe for concurrent use.
 *
 * <p>Whatever the content is, the future completes within the limit of time, and the caller's process is none the worse. It completes with
 * a value for what the content is to blame for, and exceptionally where the extractor itself cannot work, or is closed.
 */
public interface TextExtractor extends AutoCloseable {
    CompletableFuture<ExtractOutcome> extract(ForeignContent content);

    @Override
    void close();
}
