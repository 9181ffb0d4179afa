package dev.freshet.ingest.index;

import dev.freshet.core.index.SearchableProbe;
import dev.freshet.ingest.materialize.IndexUpdate;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Follows one acknowledged update at a time until searches see it: it looks at one chunk of the update every now and
 * then, on other threads than the stage's. Updates that are acknowledged meanwhile are not followed. A chunk that is not
 * seen in time, because it was removed again or the index is away, ends the sample without a measurement.
 */
final class SearchableSampler {
    /** What becomes of a sample. */
    interface Listener {
        /** Searches see the update. */
        void searchable();

        /** They did not until the deadline. */
        void notSeen();
    }

    private record Sample(String chunkId, boolean deleted, long fence, long startedNanos, Listener listener) {
        boolean seenIn(OptionalLong visible) {
            if (deleted) {
                return visible.isEmpty() || visible.getAsLong() > fence;
            }
            return visible.isPresent() && visible.getAsLong() >= fence;
        }
    }

    private final SearchableProbe probe;
    private final ScheduledExecutorService scheduler;
    private final Duration pause;
    private final Duration deadline;
    private final AtomicBoolean busy = new AtomicBoolean();

    SearchableSampler(SearchableProbe probe, ScheduledExecutorService scheduler, Duration pause, Duration deadline) {
        this.probe = probe;
        this.scheduler = scheduler;
        this.pause = pause;
        this.deadline = deadline;
    }

    /** Follows the update, unless another one is followed, or no search can tell that it was there. Never blocks. */
    void offer(IndexUpdate update, Listener listener) {
        boolean writesChunks = !update.puts().isEmpty() || !update.deletes().isEmpty();
        if (!writesChunks || !busy.compareAndSet(false, true)) {
            return;
        }
        boolean deleted = update.puts().isEmpty();
        String chunkId =
                deleted ? update.deletes().getLast() : update.puts().getLast().id();
        look(new Sample(chunkId, deleted, update.fence(), System.nanoTime(), listener));
    }

    private void look(Sample sample) {
        var unused = probe.searchableFence(sample.chunkId()).whenComplete((visible, failure) -> judge(sample, visible));
    }

    /** @param visible null where the index did not say */
    private void judge(Sample sample, @Nullable OptionalLong visible) {
        if (visible != null && sample.seenIn(visible)) {
            busy.set(false);
            sample.listener().searchable();
        } else if (System.nanoTime() - sample.startedNanos() >= deadline.toNanos()) {
            busy.set(false);
            sample.listener().notSeen();
        } else {
            later(sample);
        }
    }

    private void later(Sample sample) {
        try {
            var unused = scheduler.schedule(() -> look(sample), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The stage is closing: there is nothing more to measure.
            busy.set(false);
        }
    }
}
