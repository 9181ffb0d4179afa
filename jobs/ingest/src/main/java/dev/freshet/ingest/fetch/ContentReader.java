package dev.freshet.ingest.fetch;

/** Reads what lies at a URI, blocking. */
@FunctionalInterface
interface ContentReader {
    ContentOutcome read(ContentUri uri) throws Exception;
}
