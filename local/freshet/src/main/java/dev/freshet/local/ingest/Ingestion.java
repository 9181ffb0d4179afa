package dev.freshet.local.ingest;

import dev.freshet.core.document.VersionClock;
import dev.freshet.local.http.JsonHttp;
import dev.freshet.local.lifecycle.RunningStack;
import dev.freshet.local.stack.StackException;
import dev.freshet.local.terminal.ProgressBar;
import dev.freshet.local.terminal.Terminal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One run: produces a source's changes and, if wanted, waits until all of them are searchable. */
public final class Ingestion {

    private static final Duration REFRESH = Duration.ofSeconds(30);

    private final URI openSearch;
    private final String kafka;
    private final Terminal terminal;

    public Ingestion(RunningStack stack, Terminal terminal) {
        this(stack.openSearch(), stack.kafkaBootstrapServers(), terminal);
    }

    Ingestion(URI openSearch, String kafka, Terminal terminal) {
        this.openSearch = openSearch;
        this.kafka = kafka;
        this.terminal = terminal;
    }

    /**
     * How far a run goes.
     *
     * @param limit at most this many changes
     * @param untilSearchable whether to wait until all of it is searchable
     * @param patience how long to wait while nothing moves
     */
    public record Extent(long limit, boolean untilSearchable, Duration patience) {}

    /** Ingests the corpus of a BEIR folder as a tenant and waits until it is searchable. */
    public IngestReport beir(Path folder, String tenant) throws IOException, InterruptedException {
        Envelopes envelopes = new Envelopes(tenant, Map.of(), new VersionClock(InstantSource.system()));
        return run(new BeirSource(folder, envelopes), new Extent(Long.MAX_VALUE, true, Duration.ofMinutes(2)));
    }

    /** Makes a tenant's part from a folder equal to the folder, deletions included, and waits until it is searchable. */
    public IngestReport folder(Path folder, String tenant, Path home) throws IOException, InterruptedException {
        KnownDocuments known = new KnownDocuments(home, folder, tenant);
        Envelopes envelopes = new Envelopes(tenant, Map.of(), new VersionClock(InstantSource.system()));
        FolderSource source = FolderSource.of(folder, false, known.read(), envelopes);
        IngestReport report = run(source, new Extent(Long.MAX_VALUE, true, Duration.ofMinutes(2)));
        known.write(source.ids(), true);
        return report;
    }

    IngestReport run(Source source, Extent extent) throws IOException, InterruptedException {
        long started = System.nanoTime();
        try (OutcomeFollower follower = new OutcomeFollower(kafka);
                ChangeProducer producer = new ChangeProducer(kafka, follower.ledger())) {
            Producing producing = new Producing(producer, extent.limit(), source.expected());
            try (ProgressBar bar = new ProgressBar(terminal, "Sending")) {
                source.read(change -> producing.take(change, bar));
                producer.flush();
            }
            double produced = seconds(started);
            if (!extent.untilSearchable()) {
                return new IngestReport(producing.records, producing.bytes, produced, producing.skipped(source), null);
            }
            awaitOutcomes(follower, extent.patience(), started);
            refresh();
            IngestReport.Result result = IngestReport.Result.of(follower.outcomes(), seconds(started));
            return new IngestReport(producing.records, producing.bytes, produced, producing.skipped(source), result);
        }
    }

    private static final class Producing {
        private final ChangeProducer producer;
        private final long limit;
        private final long expected;
        private final List<String> tooLarge = new ArrayList<>();
        private long records;
        private long bytes;

        Producing(ChangeProducer producer, long limit, long expected) {
            this.producer = producer;
            this.limit = limit;
            this.expected = expected;
        }

        SkippedFiles skipped(Source source) {
            return source.skipped().with(tooLarge);
        }

        boolean take(Change change, ProgressBar bar) {
            if (records >= limit) {
                return false;
            }
            if (change.bytes() > DocumentFiles.LARGEST) {
                tooLarge.add(String.valueOf(change.key()));
                return true;
            }
            bytes += producer.send(change);
            records++;
            bar.show(records, Math.min(expected, limit), String.format(Locale.ROOT, "%,d kB", bytes / 1000));
            return records < limit;
        }
    }

    private void awaitOutcomes(OutcomeFollower follower, Duration patience, long started) {
        OffsetLedger ledger = follower.ledger();
        long moved = System.nanoTime();
        long last = 0;
        try (ProgressBar bar = new ProgressBar(terminal, "Indexing")) {
            while (ledger.accounted() < ledger.produced()) {
                follower.poll();
                long now = ledger.accounted();
                if (now != last) {
                    last = now;
                    moved = System.nanoTime();
                }
                if (System.nanoTime() - moved > patience.toNanos()) {
                    throw new StackException(
                            "nothing moved for " + patience.toSeconds() + " s: " + now + " of " + ledger.produced()
                                    + " changes are indexed. See freshet status and freshet logs taskmanager");
                }
                long tokens = follower.outcomes().tokensEmbedded();
                bar.show(
                        now,
                        ledger.produced(),
                        String.format(Locale.ROOT, "%,.0f tokens/s", tokens / seconds(started)));
            }
        }
    }

    /** What was acknowledged becomes visible now, instead of within the refresh interval. */
    private void refresh() throws IOException {
        String path = "/freshet-chunks,freshet-documents/_refresh?ignore_unavailable=true";
        JsonHttp.Answer answer = new JsonHttp(openSearch).post(path, Map.of(), REFRESH);
        if (!answer.ok()) {
            throw new StackException("OpenSearch did not refresh: HTTP " + answer.status());
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
