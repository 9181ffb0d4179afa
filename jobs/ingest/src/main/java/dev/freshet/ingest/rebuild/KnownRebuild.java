package dev.freshet.ingest.rebuild;

/** A rebuild that was let in once. */
public record KnownRebuild(String id, boolean underWay) {}
