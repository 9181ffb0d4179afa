package dev.freshet.query;

import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.retry.Backoff;
import dev.freshet.core.search.IndexUnavailableException;
import dev.freshet.engines.opensearch.OpenSearchIndexAdmin;
import dev.freshet.query.health.IndexGate;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for OpenSearch in the background, and makes sure that the indices are there and hold this model's vectors. */
final class IndexOpening implements IndexGate, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexOpening.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofMillis(500));

    private final OpenSearchIndexAdmin admin;
    private final ModelIdentity model;
    private final Consumer<RuntimeException> onMisfit;
    private final Thread thread;
    private volatile boolean open;

    private IndexOpening(OpenSearchIndexAdmin admin, ModelIdentity model, Consumer<RuntimeException> onMisfit) {
        this.admin = admin;
        this.model = model;
        this.onMisfit = onMisfit;
        this.thread = Thread.ofVirtual().name("open-index").unstarted(this::run);
    }

    /**
     * Starts to wait.
     *
     * @param onMisfit told when the index can never be used by this process
     */
    static IndexOpening start(OpenSearchIndexAdmin admin, ModelIdentity model, Consumer<RuntimeException> onMisfit) {
        IndexOpening opening = new IndexOpening(admin, model, onMisfit);
        opening.thread.start();
        return opening;
    }

    @Override
    public boolean ready() {
        return open && admin.ready();
    }

    private void run() {
        for (int attempts = 1; !open; attempts++) {
            try {
                admin.ensureIndices(model);
                open = true;
                LOG.info("Index ready for vectors of {}", model.name());
            } catch (IndexUnavailableException e) {
                if (attempts == 1) {
                    LOG.warn("Waiting for the index: {}", e.getMessage());
                }
                if (!pause(attempts)) {
                    return;
                }
            } catch (RuntimeException e) {
                onMisfit.accept(e);
                return;
            }
        }
    }

    private static boolean pause(int attempts) {
        try {
            Thread.sleep(BACKOFF.after(attempts, ThreadLocalRandom.current()));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
