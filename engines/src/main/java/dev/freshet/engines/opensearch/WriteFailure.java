package dev.freshet.engines.opensearch;

import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.index.WriteOutcome.AlreadyNewer;
import dev.freshet.core.index.WriteOutcome.Rejected;
import dev.freshet.core.index.WriteOutcome.Retryable;
import dev.freshet.core.index.WriteOutcome.Written;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one place that says which of OpenSearch's answers to a write may change when it is asked again. */
final class WriteFailure {
    /** What answers with 429 as well, but does not pass sooner when less is written: the disk is full. */
    private static final String BLOCKED = "cluster_block_exception";

    // Not answers to the write, but to the state that the cluster is in.
    private static final Set<String> PASSING = Set.of(
            BLOCKED,
            "index_not_found_exception",
            "index_closed_exception",
            "security_exception",
            "process_cluster_event_timeout_exception");

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int MAX_MESSAGE = 300;

    private WriteFailure() {}

    /**
     * The outcome of one item of a bulk answer.
     *
     * @param type OpenSearch's name of the error, null where there was none
     */
    static WriteOutcome ofItem(int status, @Nullable String type, @Nullable String reason) {
        if (type == null) {
            // A delete of what was not there has status 404 and no error.
            return new Written();
        }
        if (status == 409) {
            return new AlreadyNewer();
        }
        if (mayPass(status) || PASSING.contains(type)) {
            return new Retryable(type, status == TOO_MANY_REQUESTS && !type.equals(BLOCKED));
        }
        return new Rejected(type, withoutText(reason));
    }

    /** The outcome of every write of a request that was answered as a whole with a status that {@link #mayPass}. */
    static Retryable ofRequest(int status) {
        return new Retryable("status_" + status, status == TOO_MANY_REQUESTS);
    }

    /** Whether the name that the write was for is none: a generation has it until it is switched to or given up. */
    static boolean saysThatThereIsNoAlias(WriteOutcome outcome) {
        return switch (outcome) {
            case Retryable retryable -> retryable.reason().equals("index_not_found_exception");
            case Rejected rejected -> rejected.reason().equals("invalid_index_name_exception");
            default -> false;
        };
    }

    /** Whether the answer to a whole request says nothing about its content. */
    static boolean mayPass(int status) {
        return status == 401 || status == 403 || status == 408 || status == 429 || status >= 500;
    }

    /** The reason without the piece of the document that OpenSearch shows in some. */
    private static String withoutText(@Nullable String reason) {
        if (reason == null) {
            return "no reason given";
        }
        int preview = reason.indexOf("Preview of field's value");
        int prefix = reason.indexOf("The prefix of the first immense term");
        int end = Math.min(MAX_MESSAGE, reason.length());
        end = preview < 0 ? end : Math.min(end, preview);
        end = prefix < 0 ? end : Math.min(end, prefix);
        return reason.substring(0, end).strip();
    }
}
