package dev.freshet.engines.rerank.http;

import dev.freshet.core.rerank.RerankOutcome;

/**
 * What came of one request.
 *
 * @param outcome what the caller is told
 * @param tells what it says of the server
 */
record Reply(RerankOutcome outcome, Server tells) {
    /** How the server is. */
    enum Server {
        WELL,
        ILL,
        /** It is there, or was not asked: there is nothing to conclude. */
        UNKNOWN
    }

    static Reply scored(double[] scores) {
        return new Reply(new RerankOutcome.Scored(scores), Server.WELL);
    }

    static Reply failed(RerankOutcome.Kind kind, String reason, Server tells) {
        return new Reply(new RerankOutcome.Failed(kind, reason), tells);
    }
}
