package dev.freshet.eval;

import dev.freshet.core.search.SearchMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of the evaluation job. */
@Command(
        name = "eval-job",
        mixinStandardHelpOptions = true,
        description = "Measures how well the query API retrieves, by the judgements of a BEIR folder.")
final class EvalOptions {

    @Option(
            names = "--beir",
            required = true,
            description = "Folder with queries.jsonl and qrels/test.tsv, readable by every process of the cluster.")
    String beir = "";

    @Option(
            names = "--output",
            required = true,
            description = "The report, a JSON file on the machine of the TaskManager.")
    String output = "";

    @Option(names = "--api-url", defaultValue = "http://localhost:8080", description = "Default: ${DEFAULT-VALUE}")
    String apiUrl = "";

    @Option(
            names = "--tenant",
            defaultValue = "default",
            description =
                    "Whose documents are searched; their ids are those of the collection. Default: ${DEFAULT-VALUE}")
    String tenant = "";

    @Option(
            names = "--modes",
            split = ",",
            defaultValue = "hybrid,keyword,vector",
            description = "Default: ${DEFAULT-VALUE}")
    List<String> modes = List.of();

    @Option(names = "--k", defaultValue = "10", description = "Cutoff of the measures. Default: ${DEFAULT-VALUE}")
    int k;

    @Option(
            names = "--depth",
            defaultValue = "100",
            description = "Documents asked for with every query. Default: ${DEFAULT-VALUE}")
    int depth;

    @Option(
            names = "--concurrency",
            defaultValue = "2",
            description =
                    "Queries that wait for an answer at a time; latencies grow with it. Default: ${DEFAULT-VALUE}")
    int concurrency;

    @Option(
            names = "--deadline-seconds",
            defaultValue = "30",
            description = "For a query, all attempts together. Default: ${DEFAULT-VALUE}")
    int deadlineSeconds;

    @Option(names = "--job-name", defaultValue = "freshet-eval", description = "Default: ${DEFAULT-VALUE}")
    String jobName = "";

    /** Everything that is wrong with the options, in words; empty when they can be used. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        check(
                !modes.isEmpty()
                        && SearchMode.labels().containsAll(modes)
                        && Set.copyOf(modes).size() == modes.size(),
                "--modes must be some of hybrid, keyword, vector, each once",
                problems);
        check(k >= 1, "--k must be at least 1", problems);
        check(depth >= k, "--depth must be at least --k", problems);
        check(concurrency >= 1, "--concurrency must be at least 1", problems);
        check(deadlineSeconds >= 1, "--deadline-seconds must be at least 1", problems);
        check(
                apiUrl.startsWith("http://") || apiUrl.startsWith("https://"),
                "--api-url must start with http:// or https://",
                problems);
        return problems;
    }

    private static void check(boolean right, String problem, List<String> problems) {
        if (!right) {
            problems.add(problem);
        }
    }
}
