package dev.freshet.local.verify;

import dev.freshet.core.verify.Verification;
import java.io.IOException;
import java.util.List;

/** Where the changes are that the index must follow. */
interface ChangeLog extends AutoCloseable {
    /** Lets the verification see all changes up to the end that the log has now. */
    void read(Verification verification) throws IOException;

    /** Lets the verification know which documents have changed since, as far as that can be told. */
    void readSince(Verification verification) throws IOException;

    /** Whether a change that was read has no outcome yet. */
    Verification.Unsettled unsettled();

    /** How many of them there are. */
    long countUnsettled();

    /** What a person should know of how this was read. */
    List<String> notes();

    @Override
    void close() throws IOException;
}
