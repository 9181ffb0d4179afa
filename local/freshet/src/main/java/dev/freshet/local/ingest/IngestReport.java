package dev.freshet.local.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an ingest run did.
 *
 * @param records changes that were produced
 * @param bytes their size
 * @param produceSeconds until the broker had all of them
 * @param skipped files that were left out
 * @param result what became of them; null when nobody waited for that
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IngestReport(
        long records,
        long bytes,
        double produceSeconds,
        SkippedFiles skipped,
        @Nullable Result result) {

    /**
     * What became of the changes.
     *
     * @param seconds from the first record to all of it searchable
     * @param documents distinct documents among them
     * @param applied changes that are in the index now
     * @param unchanged changes that changed nothing
     * @param superseded changes older than what was there
     * @param deadLetters changes that can never be applied
     * @param deadLettersByReason the same by reason
     * @param chunks live chunks of the changed documents
     * @param chunksEmbedded chunks that were embedded
     * @param chunksReused chunks that needed no embedding
     * @param chunksRejected chunks that cannot be embedded and are found by their words only
     * @param tokensEmbedded tokens of the embedded chunks
     */
    public record Result(
            double seconds,
            long documents,
            long applied,
            long unchanged,
            long superseded,
            long deadLetters,
            Map<String, Long> deadLettersByReason,
            long chunks,
            long chunksEmbedded,
            long chunksReused,
            long chunksRejected,
            long tokensEmbedded) {

        static Result of(Outcomes outcomes, double seconds) {
            return new Result(
                    seconds,
                    outcomes.documents(),
                    outcomes.count("applied"),
                    outcomes.count("unchanged"),
                    outcomes.count("superseded"),
                    outcomes.deadLetters(),
                    outcomes.deadLettersByReason(),
                    outcomes.chunks(),
                    outcomes.chunksEmbedded(),
                    outcomes.chunksReused(),
                    outcomes.chunksRejected(),
                    outcomes.tokensEmbedded());
        }
    }
}
