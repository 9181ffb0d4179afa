package dev.freshet.ingest.rebuild;

/**
 * Follows the last document that a subtask has written for a generation.
 *
 * @param attempt the checkpoint that the job was restored from when the subtask began, 0 for none: a marker that comes out of a restored queue may have left the writes before it to another subtask
 */
public record RebuildMarker(String rebuild, String generation, int subtask, int subtasks, long attempt) {}
