package dev.freshet.eval;

import dev.freshet.eval.judge.JudgeStage;
import dev.freshet.eval.judge.Question;
import dev.freshet.eval.report.ReportSink;
import dev.freshet.eval.retrieve.Retrieval;
import dev.freshet.eval.retrieve.RetrieveStage;
import dev.freshet.eval.score.QueryScore;
import dev.freshet.eval.score.ScoreStage;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The pipeline, one expression per stage. Everything outside is given: the same topology runs in production and in a
 * MiniCluster.
 *
 * @param queries lines of JSON
 * @param concurrency most questions that wait for an answer at a time
 */
record EvalTopology(
        Source<String, ?, ?> queries,
        JudgeStage judge,
        RetrieveStage retrieve,
        int concurrency,
        ScoreStage score,
        Sink<QueryScore> report) {
    /** Every question has a deadline of its own, which covers its retries. */
    private static final long NO_TIMEOUT = 0;

    /** Adds the pipeline to the environment. */
    void build(StreamExecutionEnvironment env) {
        DataStream<Question> questions = env.fromSource(queries, WatermarkStrategy.noWatermarks(), "queries")
                .uid(Uids.SOURCE)
                .flatMap(judge)
                .name(JudgeStage.NAME)
                .uid(Uids.JUDGE);

        DataStream<Retrieval> retrievals = AsyncDataStream.unorderedWait(
                        questions, retrieve, NO_TIMEOUT, TimeUnit.MILLISECONDS, concurrency)
                .name(RetrieveStage.NAME)
                .uid(Uids.RETRIEVE);

        retrievals
                .map(score)
                .name(ScoreStage.NAME)
                .uid(Uids.SCORE)
                .sinkTo(report)
                .name(ReportSink.NAME)
                .uid(Uids.REPORT);
    }
}
