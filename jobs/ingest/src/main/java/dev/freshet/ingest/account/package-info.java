/**
 * Adds up what became of every record, for each source partition. In: records read; their outcomes. Out: {@link
 * dev.freshet.core.account.IndexWatermark}, at most one a second for each partition. State: counts; records read that
 * have no outcome yet, or come after one that has none; records that are parked.
 */
@NullMarked
package dev.freshet.ingest.account;

import org.jspecify.annotations.NullMarked;
