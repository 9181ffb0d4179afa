/**
 * The evaluation job: measures how well the query API retrieves, by judgements.
 *
 * <pre>
 * queries.jsonl ─> judge ─> retrieve ─> score ─> report
 *                    │        async
 *   qrels ───────────┘        query API
 * </pre>
 *
 * <p>Bounded and without state: it runs in batch mode, and a restart begins anew. Nothing is a number in the report
 * unless the API answered every judged query.
 */
@NullMarked
package dev.freshet.eval;

import org.jspecify.annotations.NullMarked;
