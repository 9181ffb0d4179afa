package dev.freshet.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a process is started.
 *
 * @param name name for people, log file and pid file
 * @param command the program and its arguments
 * @param environment environment variables on top of the parent's
 * @param directory working directory
 * @param log file that standard output and standard error are appended to
 * @param pidFile file that holds its id while it runs
 */
public record Launch(
        String name, List<String> command, Map<String, String> environment, Path directory, Path log, Path pidFile) {
    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
