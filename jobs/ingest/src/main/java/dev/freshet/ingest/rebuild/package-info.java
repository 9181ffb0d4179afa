/**
 * Rebuilds the index from state: the gate lets one rebuild at a time begin, the generation stage makes its indices, the materialize
 * stage writes them, and when the markers of all its subtasks have come through the index stage, the switch stage lets searches
 * reach them. In: control commands and {@link dev.freshet.ingest.rebuild.RebuildMarker}s. Out: commands for materialize, and commands that
 * say how a rebuild ended, for the control topic. State: the rebuilds that are known. Not parallel.
 */
@NullMarked
package dev.freshet.ingest.rebuild;

import org.jspecify.annotations.NullMarked;
