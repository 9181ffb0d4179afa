package dev.freshet.ingest.materialize;

/** A rebuild under way: every write is for its generation too. */
public record RunningRebuild(String id, String generation) {}
