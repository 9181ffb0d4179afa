package dev.freshet.local.lifecycle;

import dev.freshet.local.stack.Project;
import dev.freshet.local.terminal.Terminal;
import java.nio.file.Path;

/**
 * What every command works with.
 *
 * @param project the built project
 * @param java the {@code java} program that runs this command
 * @param terminal where it writes
 */
public record Workspace(Project project, Path java, Terminal terminal) {}
