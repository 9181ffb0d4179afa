package dev.freshet.ingest;

import dev.freshet.core.fair.TenantAmounts;
import dev.freshet.ingest.embed.EmbedLimits;
import dev.freshet.ingest.inflight.WaitingLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The options about who goes first to the embedder. */
final class WaitingOptions {
    private static final double MOST_LIVE = 0.9;
    private static final long MOST_WEIGHT = 1_000_000;
    /** So that every subtask has a part of it. */
    private static final long LEAST_CAP = 1_000;
    /** So many times the tokens that are under way at most: the next batches are gathered meanwhile. */
    private static final long GATHERED = 4;

    @Option(
            names = "--tenant-weights",
            split = ",",
            description =
                    "Shares of the tenants in the embedder while several wait for it, such as acme=3,globex=1,*=1."
                            + " Default: whoever comes first goes first")
    List<String> weights = new ArrayList<>();

    @Option(
            names = "--tenant-daily-tokens",
            split = ",",
            description =
                    "Most tokens that are embedded for a tenant on a UTC day, such as acme=1000000,*=0, where 0 is no"
                            + " cap; its changes wait for the next day then. Default: no caps")
    List<String> dailyTokens = new ArrayList<>();

    @Option(
            names = "--live-share",
            defaultValue = "0.3",
            description = "Of the embedder, that changes of priority backfill leave to live ones; from 0 to 0.9."
                    + " Default: ${DEFAULT-VALUE}")
    double liveShare = 0.3;

    @Option(
            names = "--waiting-changes",
            defaultValue = "10000",
            description =
                    "Most changes of a subtask that wait in the state for their turn, where some go first; when it is"
                            + " full, the stream waits. Default: ${DEFAULT-VALUE}")
    int changes = 10_000;

    @Option(
            names = "--waiting-bytes",
            defaultValue = "1073741824",
            description = "Most bytes of these, about. Default: ${DEFAULT-VALUE}")
    long bytes = 1L << 30;

    /** Everything that is wrong, in words. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        check(
                "--tenant-weights",
                this::weights,
                weight -> weight >= 1 && weight <= MOST_WEIGHT,
                "from 1 to 1000000",
                problems);
        check(
                "--tenant-daily-tokens",
                this::caps,
                cap -> cap == 0 || cap >= LEAST_CAP,
                "0, or at least 1000",
                problems);
        IngestOptions.check(liveShare >= 0 && liveShare <= MOST_LIVE, "--live-share must be from 0 to 0.9", problems);
        IngestOptions.check(changes >= 1, "--waiting-changes must be at least 1", problems);
        IngestOptions.check(bytes >= 1024, "--waiting-bytes must be at least 1024", problems);
        return problems;
    }

    private static void check(
            String option, Supplier<TenantAmounts> read, LongPredicate right, String bounds, List<String> problems) {
        try {
            IngestOptions.check(read.get().all(right), option + " must be " + bounds, problems);
        } catch (IllegalArgumentException e) {
            problems.add(option + ": " + e.getMessage());
        }
    }

    private TenantAmounts weights() {
        return TenantAmounts.parse(weights, 1);
    }

    private TenantAmounts caps() {
        return TenantAmounts.parse(dailyTokens, 0);
    }

    /** The limits that these options ask for; they must have no {@link #problems}. */
    WaitingLimits limits(EmbedLimits embed) {
        long underWay = (long) embed.batchTokens() * embed.parallelism();
        return new WaitingLimits(weights(), caps(), liveShare, changes, bytes, GATHERED * underWay);
    }
}
