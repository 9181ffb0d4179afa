package dev.freshet.ingest.source;

import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.api.java.typeutils.TypeExtractor;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A source that can be paused while its job goes on: nothing more is read, what was read is finished, and checkpoints complete.
 *
 * <p>The signal is asked in one place, beside the enumerator, which tells the readers. Readers read nothing until they were told for the
 * first time, so that a pause also holds for a job that starts. Where the signal cannot be told, the last answer stands. The state is that of
 * the wrapped source: a job can go on from a savepoint with or without the wrapper.
 *
 * @param source what is read
 * @param signals whether it is to be read now
 * @param period between two questions
 */
public record PausableSource<T, SplitT extends SourceSplit, EnumChkT>(
        Source<T, SplitT, EnumChkT> source, PauseSignal.Factory signals, Duration period)
        implements Source<T, SplitT, EnumChkT>, ResultTypeQueryable<T> {
    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SourceReader<T, SplitT> createReader(SourceReaderContext context) throws Exception {
        return new PausableReader<>(source.createReader(context), context.metricGroup());
    }

    @Override
    public SplitEnumerator<SplitT, EnumChkT> createEnumerator(SplitEnumeratorContext<SplitT> context) throws Exception {
        return new PausableEnumerator<>(source.createEnumerator(context), context, signals, period);
    }

    @Override
    public SplitEnumerator<SplitT, EnumChkT> restoreEnumerator(
            SplitEnumeratorContext<SplitT> context, EnumChkT checkpoint) throws Exception {
        return new PausableEnumerator<>(source.restoreEnumerator(context, checkpoint), context, signals, period);
    }

    @Override
    public SimpleVersionedSerializer<SplitT> getSplitSerializer() {
        return source.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<EnumChkT> getEnumeratorCheckpointSerializer() {
        return source.getEnumeratorCheckpointSerializer();
    }

    @Override
    @SuppressWarnings("unchecked") // a source of T produces T
    public TypeInformation<T> getProducedType() {
        return source instanceof ResultTypeQueryable<?> typed
                ? (TypeInformation<T>) typed.getProducedType()
                : TypeExtractor.createTypeInfo(Source.class, source.getClass(), 0, null, null);
    }
}
