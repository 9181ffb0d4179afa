package dev.freshet.ingest;

import dev.freshet.core.envelope.ChangeReader;
import dev.freshet.ingest.fetch.FetchSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options about content that changes refer to. */
final class FetchOptions {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration CALL = Duration.ofSeconds(30);

    @Option(
            names = "--content-allow",
            split = ",",
            description =
                    "Where the content of a change may be read that only refers to it: beginnings of URIs, such as"
                            + " file:/data/,https://wiki.example.org/,s3://bucket/. Default: nowhere")
    List<String> allowed = new ArrayList<>();

    @Option(
            names = "--largest-content",
            defaultValue = "" + ChangeReader.LARGEST_RECORD,
            description = "In bytes, of content that is referred to. Default: ${DEFAULT-VALUE}")
    int largest = ChangeReader.LARGEST_RECORD;

    @Option(
            names = "--fetch-deadline",
            defaultValue = "5m",
            converter = IngestOptions.TimeConverter.class,
            description = "How long to try again to read content before its change is dead-lettered."
                    + " Default: ${DEFAULT-VALUE}")
    Duration deadline = Duration.ofMinutes(5);

    /** Everything that is wrong, in words. */
    List<String> problems() {
        List<String> problems = new ArrayList<>(FetchSettings.problems(allowed));
        IngestOptions.check(
                largest >= 1024 && largest <= 1 << 30, "--largest-content must be from 1024 to 1073741824", problems);
        IngestOptions.check(deadline.toMillis() >= 1000, "--fetch-deadline must be at least 1s", problems);
        return problems;
    }

    /** The settings that these options ask for; they must have no {@link #problems}. */
    FetchSettings settings() {
        return new FetchSettings(List.copyOf(allowed), largest, deadline, CONNECT, CALL);
    }
}
