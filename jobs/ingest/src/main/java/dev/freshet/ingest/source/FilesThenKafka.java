package dev.freshet.ingest.source;

import dev.freshet.core.document.RawRecord;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.base.source.hybrid.HybridSource;

/** A backlog in files first, then the stream: the first run of a job whose history is not in Kafka any more. */
public final class FilesThenKafka {
    private FilesThenKafka() {}

    /**
     * One source out of two; which of them a job has arrived at is part of its state.
     *
     * @param backlog must end
     */
    public static Source<RawRecord, ?, ?> source(Source<RawRecord, ?, ?> backlog, Source<RawRecord, ?, ?> stream) {
        return HybridSource.builder(backlog).addSource(stream).build();
    }
}
