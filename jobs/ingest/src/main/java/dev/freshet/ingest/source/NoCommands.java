package dev.freshet.ingest.source;

import dev.freshet.core.control.ControlCommand;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/** The control source of a run that ends: it has no commands and ends at once, since a job ends when all of its sources have. */
public final class NoCommands
        implements Source<ControlCommand, NoCommands.Nothing, NoCommands.Nothing>, ResultTypeQueryable<ControlCommand> {
    private static final long serialVersionUID = 1L;

    /** There are no splits, and there is nothing to remember. */
    record Nothing() implements SourceSplit {
        @Override
        public String splitId() {
            return "nothing";
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public TypeInformation<ControlCommand> getProducedType() {
        return TypeInformation.of(ControlCommand.class);
    }

    @Override
    public SourceReader<ControlCommand, Nothing> createReader(SourceReaderContext context) {
        return new EndedReader();
    }

    @Override
    public SplitEnumerator<Nothing, Nothing> createEnumerator(SplitEnumeratorContext<Nothing> context) {
        return new EmptyEnumerator(context);
    }

    @Override
    public SplitEnumerator<Nothing, Nothing> restoreEnumerator(
            SplitEnumeratorContext<Nothing> context, Nothing checkpoint) {
        return new EmptyEnumerator(context);
    }

    @Override
    public SimpleVersionedSerializer<Nothing> getSplitSerializer() {
        return new NothingSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Nothing> getEnumeratorCheckpointSerializer() {
        return new NothingSerializer();
    }

    private record EmptyEnumerator(SplitEnumeratorContext<Nothing> context)
            implements SplitEnumerator<Nothing, Nothing> {
        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, @Nullable String host) {
            context.signalNoMoreSplits(subtask);
        }

        @Override
        public void addSplitsBack(List<Nothing> splits, int subtask) {}

        @Override
        public void addReader(int subtask) {
            context.signalNoMoreSplits(subtask);
        }

        @Override
        public Nothing snapshotState(long checkpointId) {
            return new Nothing();
        }

        @Override
        public void close() {}
    }

    private static final class EndedReader implements SourceReader<ControlCommand, Nothing> {
        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<ControlCommand> output) {
            return InputStatus.END_OF_INPUT;
        }

        @Override
        public List<Nothing> snapshotState(long checkpointId) {
            return List.of();
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void addSplits(List<Nothing> splits) {}

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }

    private static final class NothingSerializer implements SimpleVersionedSerializer<Nothing> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Nothing nothing) {
            return new byte[0];
        }

        @Override
        public Nothing deserialize(int version, byte[] serialized) {
            return new Nothing();
        }
    }
}
