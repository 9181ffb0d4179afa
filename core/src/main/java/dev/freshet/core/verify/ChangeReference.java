package dev.freshet.core.verify;

import dev.freshet.core.document.Operation;
import org.jspecify.annotations.Nullable;

/**
 * A change whose fields and text lie in a file.
 *
 * @param metadata fingerprint of what a patch sets; null where it sets none
 * @param acl the same
 * @param position of the record in the file
 */
record ChangeReference(
        Operation operation,
        long fence,
        @Nullable Long metadata,
        @Nullable Long acl,
        long position) {
    boolean patch() {
        return operation == Operation.PATCH;
    }
}
