/**
 * The evaluation job: measures how well the query API retrieves, by judgements.
 *
 * <pre>
 * queries.jsonl ─> judge ─> retrieve ─> score ─> report
 *                    │        async
 *   qrels ───────────┘        query API
 * </pre>
 *
 * <p>Bounded and without state: it runs in batch mode, and a restart begins anew. An API that is away ends the job without
 * a report. A query that the API refuses counts as nothing retrieved, and the report says how many were refused and why.
 */
@NullMarked
package dev.freshet.eval;

import org.jspecify.annotations.NullMarked;
