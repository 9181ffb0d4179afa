package dev.freshet.local.verify;

import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.index.IndexWriter;
import dev.freshet.core.verify.Difference;
import dev.freshet.core.verify.Verification;
import dev.freshet.core.verify.Verification.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One verification: log, index, comparison, and if wanted repair and comparison again. */
final class VerifyRun {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Verification verification;
    private final ChangeLog log;
    private final Envelopes envelopes;
    private final IndexSource index;
    private final int limit;
    private final List<String> notes = new ArrayList<>();

    VerifyRun(Verification verification, ChangeLog log, Envelopes envelopes, IndexSource index, int limit) {
        this.verification = verification;
        this.log = log;
        this.envelopes = envelopes;
        this.index = index;
        this.limit = limit;
    }

    /** Compares, and changes nothing. */
    VerifyReport compare() throws IOException {
        log.read(verification);
        Findings findings = new Findings(limit);
        Tally tally = compare(null, findings);
        return report(findings, tally, new VerifyReport.Repairs(0, 0));
    }

    /**
     * Compares, repairs, and compares what was repaired until it is right, or the time is over.
     *
     * @param writeAgain is given the documents that the job shall write again
     * @param patience how long to wait for the repair
     */
    VerifyReport repair(Consumer<List<DocumentKey>> writeAgain, IndexWriter writer, Duration patience)
            throws IOException, InterruptedException {
        log.read(verification);
        Repair repair = new Repair(writeAgain, writer);
        Findings findings = new Findings(limit);
        Tally tally = compare(null, both(findings, repair));
        repair.finish();
        if (repair.done().equals(new VerifyReport.Repairs(0, 0))) {
            return report(findings, tally, repair.done());
        }
        if (!awaitRepair(repair.touched(), writer, patience)) {
            notes.add("Not all could be repaired: the job's state and the log do not agree, or the job does not run."
                    + " A new job that reads the whole log makes them agree.");
        }
        // Whole, so that it also says what was not to be repaired.
        Findings after = new Findings(limit);
        return report(after, compare(null, after), repair.done());
    }

    /** Whether all that was repaired is right before the time is over. */
    private boolean awaitRepair(@Nullable Set<DocumentKey> touched, IndexWriter writer, Duration patience)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            Findings left = new Findings(limit);
            Repair again = new Repair(documents -> {}, writer);
            compare(touched, both(left, again));
            // A document that was written again may have let go of chunks.
            again.finish();
            if (left.differences().isEmpty()) {
                return true;
            }
            if (System.nanoTime() - until > 0) {
                return false;
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    private static Consumer<Difference> both(Findings findings, Repair repair) {
        return difference -> {
            findings.accept(difference);
            repair.accept(difference);
        };
    }

    private Tally compare(@Nullable Set<DocumentKey> only, Consumer<Difference> differences) throws IOException {
        index.read(verification, only);
        log.readSince(verification);
        Predicate<DocumentKey> wanted = only == null ? key -> true : only::contains;
        return verification.compare(log.unsettled(), wanted, differences);
    }

    private VerifyReport report(Findings findings, Tally tally, VerifyReport.Repairs repairs) {
        List<String> all = new ArrayList<>(log.notes());
        all.addAll(notes);
        Map<String, Long> refused = new HashMap<>(envelopes.refused());
        return new VerifyReport(
                envelopes.records(),
                refused,
                tally.documents(),
                index.documents(),
                index.chunks(),
                tally.changedSince(),
                tally.textsElsewhere(),
                log.countUnsettled(),
                findings.differences(),
                findings.warnings(),
                findings.first().stream().map(VerifyRun::line).toList(),
                all,
                repairs);
    }

    private static VerifyReport.Line line(Difference difference) {
        return new VerifyReport.Line(
                Findings.name(difference),
                difference.document().path(),
                difference.chunkId() == null ? "" : difference.chunkId(),
                difference.line(),
                difference.unsettled());
    }
}
