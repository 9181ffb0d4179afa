package dev.freshet.ingest.rebuild;

/** A generation whose indices hold every document, and follow every change. */
public record WrittenGeneration(String rebuild, String generation) {}
