package dev.freshet.core.control;

import dev.freshet.core.document.DocumentKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command to the running job.
 *
 * @param id chosen by who issues it; a command with an id that was carried out before does nothing
 * @param tenant of {@link Kind#APPROVE} and {@link Kind#DISCARD}; else null
 * @param documents of {@link Kind#REPAIR}, as {@link DocumentKey#path()}; else empty
 * @param generation chosen by the job: the indices that a {@link Kind#REBUILD} under way writes, and those that a {@link Kind#REBUILT} or {@link Kind#ABANDONED} is about; else null
 */
public record ControlCommand(
        Kind kind,
        String id,
        Instant issuedAt,
        @Nullable String tenant,
        List<String> documents,
        @Nullable String generation) {
    public ControlCommand {
        documents = documents == null ? List.of() : documents;
    }

    /** A command as it is issued. */
    public ControlCommand(Kind kind, String id, Instant issuedAt, @Nullable String tenant, List<String> documents) {
        this(kind, id, issuedAt, tenant, documents, null);
    }

    /** The same command about these indices. */
    public ControlCommand of(String indices) {
        return new ControlCommand(kind, id, issuedAt, tenant, documents, indices);
    }

    /** What is to be done. */
    public enum Kind {
        /** Write every document from state into new indices while changes go on, then let the aliases point there. */
        REBUILD,
        /** Written by the job itself: the aliases point to the indices of the rebuild of this id. */
        REBUILT,
        /** Written by the job itself: the indices of the rebuild of this id were lost, and nothing has changed. */
        ABANDONED,
        /** Write the named documents from state again, or remove them where state knows none. */
        REPAIR,
        /** Read no more changes; what was read is finished. */
        PAUSE,
        /** Read changes again. */
        RESUME,
        /** Carry out the deletes of the tenant that were held back. */
        APPROVE,
        /** Dead-letter the deletes of the tenant that were held back. */
        DISCARD
    }
}
