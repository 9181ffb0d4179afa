package dev.freshet.engines.llm;

import dev.freshet.core.govern.Breaker;
import dev.freshet.core.govern.Timer;
import dev.freshet.engines.llm.ChatOutcome.Failed;

/** Whether a server is asked at all, by how it answered before: one that is away must not cost every request its timeout. */
final class ServerHealth {
    private final Breaker breaker;

    ServerHealth(Timer timer) {
        breaker = new Breaker(timer::nanos);
    }

    /** Each yes must end in {@link #saw}. */
    synchronized boolean allows() {
        return breaker.allows();
    }

    synchronized void saw(ChatOutcome outcome) {
        if (!(outcome instanceof Failed failed)) {
            breaker.succeeded();
            return;
        }
        switch (failed.kind()) {
            case TIMEOUT, UNAVAILABLE, INVALID -> breaker.failed();
            // Another request may be taken; nobody waited for this answer.
            case REFUSED, BUSY -> breaker.toldNothing();
        }
    }
}
