package dev.freshet.engines.extract;

import dev.freshet.core.extract.ExtractOutcome;
import dev.freshet.core.extract.ForeignContent;
import dev.freshet.core.extract.TextExtractor;
import dev.freshet.core.lease.Leases;
import dev.freshet.core.lease.Leases.Lease;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** A lease on an extractor that all parts of a process share: the last to close its lease ends the processes that parse. */
public final class SharedExtractor implements TextExtractor {
    private static final Leases<ForkOptions, TextExtractor> LEASES =
            new Leases<>(ForkedExtractor::new, TextExtractor::close);

    private final Lease<TextExtractor> lease;

    private SharedExtractor(Lease<TextExtractor> lease) {
        this.lease = lease;
    }

    /** Leases the process's extractor with these options, and makes it for the first lease. */
    public static SharedExtractor lease(ForkOptions options) {
        return new SharedExtractor(LEASES.lease(options));
    }

    @Override
    public CompletableFuture<ExtractOutcome> extract(ForeignContent content) {
        return lease.isClosed()
                ? CompletableFuture.failedFuture(new IOException("this lease on the extractor is closed"))
                : lease.value().extract(content);
    }

    /** Gives the lease back; further calls do nothing. */
    @Override
    public void close() {
        lease.close();
    }
}
