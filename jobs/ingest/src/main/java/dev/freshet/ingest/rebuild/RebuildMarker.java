package dev.freshet.ingest.rebuild;

/**
 * Follows the last document that a subtask has written for a generation.
 *
 * @param attempt the checkpoint that the job was restored from when the subtask began, 0 for none
 * @param key one that the subtask has in a stream by document
 */
public record RebuildMarker(String rebuild, String generation, int subtask, int subtasks, long attempt, String key) {}
