package dev.freshet.engines.llm;

import dev.freshet.core.analyze.QueryRewriter;
import dev.freshet.core.analyze.QueryRewriterContract;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** However the model is. */
final class LlmRewriterContractTest {
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Of extends QueryRewriterContract {
        private final Models.Kind kind;
        private @Nullable Models models;

        Of(Models.Kind kind) {
            this.kind = kind;
        }

        @Override
        protected QueryRewriter open() throws IOException {
            Models started = kind.start();
            models = started;
            return started.rewriter;
        }

        @Override
        protected void close() {
            if (models != null) {
                models.close();
            }
        }
    }

    @Nested
    class Right extends Of {
        Right() {
            super(Models::right);
        }
    }

    @Nested
    class Slow extends Of {
        Slow() {
            super(Models::slow);
        }
    }

    @Nested
    class Cut extends Of {
        Cut() {
            super(Models::cut);
        }
    }

    @Nested
    class Malformed extends Of {
        Malformed() {
            super(Models::malformed);
        }
    }

    @Nested
    class Hostile extends Of {
        Hostile() {
            super(Models::hostile);
        }
    }

    @Nested
    class Away extends Of {
        Away() {
            super(Models::away);
        }
    }
}
