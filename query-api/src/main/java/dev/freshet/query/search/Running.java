package dev.freshet.query.search;

/** What the stages of one search share. */
record Running(Deadline deadline, SearchTimings timings, Degradation degradation) {}
