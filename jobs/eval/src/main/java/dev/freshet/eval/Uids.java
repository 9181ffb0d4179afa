package dev.freshet.eval;

/** The identities of the operators. */
final class Uids {
    static final String SOURCE = "eval-queries";
    static final String JUDGE = "eval-judge";
    static final String RETRIEVE = "eval-retrieve";
    static final String SCORE = "eval-score";
    static final String REPORT = "eval-report";

    private Uids() {}
}
