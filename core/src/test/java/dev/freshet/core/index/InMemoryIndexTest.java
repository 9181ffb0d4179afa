package dev.freshet.core.index;

import dev.freshet.core.search.ChunkReader;
import dev.freshet.core.search.ChunkSearch;
import dev.freshet.core.search.ChunkSearchContract;
import dev.freshet.core.search.DocumentReader;
import dev.freshet.core.search.DocumentSearch;
import dev.freshet.core.search.RetrievalContract;
import org.junit.jupiter.api.Nested;

/** The fake keeps the contracts that tests rely on. */
final class InMemoryIndexTest {
    @Nested
    final class Writing extends IndexWriterContract {
        private final InMemoryIndex index = new InMemoryIndex();

        @Override
        protected IndexWriter writer() {
            return index;
        }

        @Override
        protected ChunkSearch search() {
            return index;
        }

        @Override
        protected DocumentReader documents() {
            return index;
        }

        @Override
        protected void refresh() {}
    }

    @Nested
    final class Probing extends SearchableProbeContract {
        private final InMemoryIndex index = new InMemoryIndex();

        @Override
        protected SearchableProbe probe() {
            return index;
        }

        @Override
        protected IndexWriter writer() {
            return index;
        }

        @Override
        protected void refresh() {}
    }

    @Nested
    final class Searching extends ChunkSearchContract {
        private final InMemoryIndex index = new InMemoryIndex();

        @Override
        protected IndexWriter writer() {
            return index;
        }

        @Override
        protected ChunkSearch search() {
            return index;
        }

        @Override
        protected void refresh() {}
    }

    @Nested
    final class Retrieving extends RetrievalContract {
        private final InMemoryIndex index = new InMemoryIndex();

        @Override
        protected IndexWriter writer() {
            return index;
        }

        @Override
        protected ChunkSearch search() {
            return index;
        }

        @Override
        protected DocumentSearch documents() {
            return index;
        }

        @Override
        protected ChunkReader reader() {
            return index;
        }

        @Override
        protected void refresh() {}
    }

    @Nested
    final class Generations extends IndexGenerationsContract {
        private final InMemoryIndex index = new InMemoryIndex();

        @Override
        protected IndexWriter writer() {
            return index;
        }

        @Override
        protected ChunkSearch search() {
            return index;
        }

        @Override
        protected IndexGenerations generations() {
            return index;
        }
    }
}
