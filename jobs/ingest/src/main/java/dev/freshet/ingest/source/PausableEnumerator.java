package dev.freshet.ingest.source;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the signal once a period, and tells all readers when the answer changes and every reader when it registers. The signal is asked in a
 * thread for such questions; everything else happens in the coordinator's thread.
 */
final class PausableEnumerator<SplitT extends SourceSplit, EnumChkT> implements SplitEnumerator<SplitT, EnumChkT> {
    private static final Logger LOG = LoggerFactory.getLogger(PausableEnumerator.class);

    private final SplitEnumerator<SplitT, EnumChkT> enumerator;
    private final SplitEnumeratorContext<SplitT> context;
    private final PauseSignal signal;
    private final Duration period;
    /** Null until the signal has answered. */
    private @Nullable Boolean paused;

    private boolean unanswered;
    private boolean closed;

    PausableEnumerator(
            SplitEnumerator<SplitT, EnumChkT> enumerator,
            SplitEnumeratorContext<SplitT> context,
            PauseSignal.Factory signals,
            Duration period) {
        this.enumerator = enumerator;
        this.context = context;
        this.signal = signals.open();
        this.period = period;
    }

    @Override
    public void start() {
        enumerator.start();
        context.callAsync(signal::paused, this::answered, 0, period.toMillis());
    }

    private void answered(@Nullable Boolean answer, @Nullable Throwable failure) {
        if (closed) {
            return;
        }
        if (answer == null) {
            warnOnce(failure);
            return;
        }
        unanswered = false;
        if (answer.equals(paused)) {
            return;
        }
        if (paused != null || answer) {
            LOG.info("Reading of changes was {}", answer ? "paused" : "resumed");
        }
        paused = answer;
        context.registeredReaders().keySet().forEach(this::tell);
    }

    private void warnOnce(@Nullable Throwable failure) {
        if (!unanswered) {
            unanswered = true;
            LOG.warn(
                    "It cannot be told whether reading is paused; {} until it can: reason={}",
                    paused == null ? "nothing is read" : paused ? "reading stays paused" : "reading goes on",
                    String.valueOf(failure));
        }
    }

    private void tell(int subtask) {
        if (paused != null) {
            context.sendEventToSourceReader(subtask, new PauseChanged(paused));
        }
    }

    @Override
    public void addReader(int subtask) {
        tell(subtask);
        enumerator.addReader(subtask);
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String requesterHostname) {
        enumerator.handleSplitRequest(subtask, requesterHostname);
    }

    @Override
    public void addSplitsBack(List<SplitT> splits, int subtask) {
        enumerator.addSplitsBack(splits, subtask);
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        enumerator.handleSourceEvent(subtask, event);
    }

    @Override
    public EnumChkT snapshotState(long checkpointId) throws Exception {
        return enumerator.snapshotState(checkpointId);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        enumerator.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        enumerator.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            signal.close();
        } finally {
            enumerator.close();
        }
    }
}
