package dev.freshet.query.search;

/** How long the stages of a search took, in nanoseconds. */
record SearchTimings(long embed, long retrieve, long fuse, long total) {}
