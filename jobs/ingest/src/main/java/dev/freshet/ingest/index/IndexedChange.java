package dev.freshet.ingest.index;

import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DeadLetter;
import java.util.List;

/**
 * A change that the index has acknowledged.
 *
 * @param refused writes that the index will never take
 */
public record IndexedChange(ChangeReceipt receipt, List<DeadLetter> refused) {}
