package dev.freshet.eval;

import dev.freshet.eval.judge.BeirFolder;
import dev.freshet.eval.judge.JudgeStage;
import dev.freshet.eval.report.ReportHeader;
import dev.freshet.eval.report.ReportSink;
import dev.freshet.eval.retrieve.RetrieveStage;
import dev.freshet.eval.retrieve.SearchSettings;
import dev.freshet.eval.score.ScoreStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs the evaluation job: reads its options and wires the topology to files and the query API. */
public final class EvalJob {
    private EvalJob() {}

    public static void main(String[] arguments) throws Exception {
        EvalOptions options = new EvalOptions();
        CommandLine commandLine = new CommandLine(options);
        commandLine.parseArgs(arguments);
        if (commandLine.isUsageHelpRequested()) {
            commandLine.usage(commandLine.getOut());
            return;
        }
        BeirFolder folder = new BeirFolder(options.beir);
        List<String> problems = new ArrayList<>(options.problems());
        if (!folder.exists()) {
            problems.add("--beir must be a folder with queries.jsonl and qrels/test.tsv");
        }
        if (!problems.isEmpty()) {
            throw new ParameterException(commandLine, String.join("; ", problems));
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration());
        // One subtask keeps many questions in flight; more would only make several reports.
        env.setParallelism(1);
        topology(options, folder).build(env);
        env.executeAsync(options.jobName);
    }

    /** What the job needs of Flink, whatever the cluster's own configuration says. */
    static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        // Every record that travels is immutable.
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        return configuration;
    }

    static EvalTopology topology(EvalOptions options, BeirFolder folder) {
        List<String> modes = List.copyOf(options.modes);
        return new EvalTopology(
                FileSource.forRecordStreamFormat(new TextLineInputFormat(), folder.queries())
                        .build(),
                new JudgeStage(folder, modes),
                new RetrieveStage(new SearchSettings(
                        options.apiUrl,
                        options.tenant,
                        options.depth,
                        options.concurrency,
                        Duration.ofSeconds(options.deadlineSeconds))),
                options.concurrency,
                new ScoreStage(options.k),
                new ReportSink(
                        new ReportHeader(
                                folder.name(),
                                options.apiUrl,
                                options.tenant,
                                options.k,
                                options.depth,
                                options.concurrency),
                        modes,
                        options.output));
    }
}
