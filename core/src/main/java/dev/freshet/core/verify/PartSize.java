package dev.freshet.core.verify;

import java.nio.file.Path;

/**
 * How much is compared at a time.
 *
 * @param folder for the files of what is spread further
 * @param memory that a part may take, in bytes
 */
record PartSize(Path folder, long memory) {}
