package dev.freshet.ingest;

/** The identities of the operators in savepoints. A changed value loses the operator's state. */
final class Uids {
    static final String SOURCE = "changes";
    static final String PARSE = "parse";
    static final String FETCH = "fetch";
    static final String FETCHED = "fetched";
    static final String EXTRACT = "extract";
    static final String EXTRACTED = "extracted";
    static final String CONTROL = "control";
    static final String FACETS = "facets";
    static final String GUARD = "guard";
    static final String REVISE = "revise";
    static final String EMBED = "embed";
    static final String MATERIALIZE = "materialize";
    static final String INDEX = "index";
    static final String OUTCOME = "outcome";
    static final String RECEIPTS = "index-changes";
    static final String DEAD_LETTERS = "dead-letters";
    static final String OUTCOMES_OF_RECORDS = "outcomes-of-records";
    static final String PARKED = "parked";
    static final String ACCOUNT = "account";
    static final String WATERMARKS = "index-watermarks";
    static final String REBUILD_GATE = "rebuild-gate";
    static final String REBUILD_GENERATION = "rebuild-generation";
    static final String REBUILD_MARKERS = "rebuild-markers";
    static final String REBUILD_SWITCH = "rebuild-switch";
    static final String REBUILT = "rebuilt";

    private Uids() {}
}
