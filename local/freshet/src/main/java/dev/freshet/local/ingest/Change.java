package dev.freshet.local.ingest;

import org.jspecify.annotations.Nullable;

/**
 * One record for the documents topic.
 *
 * @param key tenant/document; null for input that names no document and will be dead-lettered
 * @param value the envelope in JSON, or the input as it came
 */
record Change(@Nullable String key, String value) {}
