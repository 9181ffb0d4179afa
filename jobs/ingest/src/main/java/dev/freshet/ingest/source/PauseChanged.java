package dev.freshet.ingest.source;

import org.apache.flink.api.connector.source.SourceEvent;

/** Tells a reader whether it may read. */
record PauseChanged(boolean paused) implements SourceEvent {}
