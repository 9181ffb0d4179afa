/** LangChain4j's ingestor, splitter, encoder in the process and OpenSearch store, as a contender of the benchmark {@code SideBySide}. */
@NullMarked
package dev.freshet.bench.langchain4j;

import org.jspecify.annotations.NullMarked;
