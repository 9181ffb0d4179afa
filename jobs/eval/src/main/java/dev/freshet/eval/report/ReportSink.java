package dev.freshet.eval.report;

import dev.freshet.eval.score.QueryScore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Writes the report where the TaskManager runs. Of parallelism 1, for a bounded input in batch mode. */
public final class ReportSink implements Sink<QueryScore> {
    public static final String NAME = "report";
    private static final long serialVersionUID = 1L;

    private final ReportHeader header;
    private final List<String> modes;
    private final String file;

    public ReportSink(ReportHeader header, List<String> modes, String file) {
        this.header = header;
        this.modes = modes;
        this.file = file;
    }

    @Override
    public SinkWriter<QueryScore> createWriter(WriterInitContext context) {
        return new Writer(new Report(header, modes), Path.of(file));
    }

    private record Writer(Report report, Path file) implements SinkWriter<QueryScore> {
        @Override
        public void write(QueryScore score, Context context) {
            report.add(score);
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            if (endOfInput) {
                report.write(file, Instant.now());
            }
        }

        @Override
        public void close() {}
    }
}
