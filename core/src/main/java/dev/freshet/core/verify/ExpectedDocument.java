package dev.freshet.core.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document that the index must hold.
 *
 * @param fence of the newest change that counts
 * @param chunks in the order of the text; null where the text lies outside of the log, so that nobody knows them
 */
record ExpectedDocument(
        long fence, FieldsPrint fields, @Nullable List<ExpectedChunk> chunks) {}
