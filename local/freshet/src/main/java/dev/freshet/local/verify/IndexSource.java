package dev.freshet.local.verify;

import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.verify.Verification;
import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Where the index is that is compared. */
interface IndexSource {
    /**
     * Lets a verification see the index as it is now.
     *
     * @param only documents; null for all
     */
    void read(Verification verification, @Nullable Collection<DocumentKey> only) throws IOException;

    /** Documents that were seen last. */
    long documents();

    /** Chunks that were seen last. */
    long chunks();
}
