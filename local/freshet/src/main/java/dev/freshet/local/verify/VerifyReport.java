package dev.freshet.local.verify;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What a comparison found.
 *
 * @param changes records of the log
 * @param refused those of them that are no changes, by reason
 * @param documents that are there by the log
 * @param indexedDocuments that the index has
 * @param indexedChunks that the index has
 * @param changedMeanwhile documents that were not compared, since they changed while the log and the index were read
 * @param textsElsewhere documents whose texts were not compared, since they lie outside of the log
 * @param withoutOutcome changes that nothing is known of yet
 * @param differences by kind
 * @param warnings by kind
 * @param listed the first of both
 * @param notes what a person should know
 * @param repairs documents and chunks that were repaired, if that was wanted
 */
public record VerifyReport(
        long changes,
        Map<String, Long> refused,
        long documents,
        long indexedDocuments,
        long indexedChunks,
        long changedMeanwhile,
        long textsElsewhere,
        long withoutOutcome,
        Map<String, Long> differences,
        Map<String, Long> warnings,
        List<Line> listed,
        List<String> notes,
        Repairs repairs) {

    /** A difference. */
    public record Line(String kind, String document, String chunk, String message, boolean unsettled) {}

    /**
     * What was done about the differences.
     *
     * @param documents that the job was told to write again
     * @param chunks that were removed, because no document names them
     */
    public record Repairs(long documents, long chunks) {}

    @JsonProperty
    public boolean equal() {
        return differences.isEmpty();
    }

    @JsonIgnore
    public long count() {
        return differences.values().stream().mapToLong(Long::longValue).sum();
    }
}
