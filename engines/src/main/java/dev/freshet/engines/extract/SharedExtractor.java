package dev.freshet.engines.extract;

import dev.freshet.core.extract.ExtractOutcome;
import dev.freshet.core.extract.ForeignContent;
import dev.freshet.core.extract.TextExtractor;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A lease on an extractor that all parts of a process share: the last to close its lease ends the processes that parse. */
public final class SharedExtractor implements TextExtractor {
    private static final class Shared {
        final TextExtractor extractor;
        int leases;

        Shared(TextExtractor extractor) {
            this.extractor = extractor;
        }
    }

    private static final Map<ForkOptions, Shared> OPEN = new HashMap<>();

    private final ForkOptions options;
    private final Shared shared;
    private volatile boolean closed;

    private SharedExtractor(ForkOptions options, Shared shared) {
        this.options = options;
        this.shared = shared;
    }

    /** Leases the process's extractor with these options, and makes it for the first lease. */
    public static SharedExtractor lease(ForkOptions options) {
        synchronized (OPEN) {
            Shared shared = OPEN.computeIfAbsent(options, absent -> new Shared(new ForkedExtractor(options)));
            shared.leases++;
            return new SharedExtractor(options, shared);
        }
    }

    @Override
    public CompletableFuture<ExtractOutcome> extract(ForeignContent content) {
        return closed
                ? CompletableFuture.failedFuture(new IOException("this lease on the extractor is closed"))
                : shared.extractor.extract(content);
    }

    /** Gives the lease back; further calls do nothing. */
    @Override
    public void close() {
        synchronized (OPEN) {
            if (closed) {
                return;
            }
            closed = true;
            if (--shared.leases == 0) {
                OPEN.remove(options);
                shared.extractor.close();
            }
        }
    }
}
