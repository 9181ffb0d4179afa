/** The ingest job: changes in, a search index that equals their fold out. The topology reads as the picture in docs/architecture.md. */
@NullMarked
package dev.freshet.ingest;

import org.jspecify.annotations.NullMarked;
