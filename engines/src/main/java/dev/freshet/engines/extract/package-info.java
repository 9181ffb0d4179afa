/**
 * From files to text. What parses runs in a process of its own, {@link dev.freshet.engines.extract.ExtractorMain}, so that no file can take
 * more time, memory or stack than it is given; the rest talks to that process ({@link dev.freshet.engines.extract.ForkedExtractor}).
 */
@NullMarked
package dev.freshet.engines.extract;

import org.jspecify.annotations.NullMarked;
