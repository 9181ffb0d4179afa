package dev.freshet.local.process;

import java.nio.file.Path;
import java.util.List;

/**
 * How a process is started.
 *
 * @param name name for people, log file and pid file
 * @param command the program and its arguments
 * @param directory working directory
 * @param log file that standard output and standard error are appended to
 * @param pidFile file that holds its id while it runs
 */
public record Launch(String name, List<String> command, Path directory, Path log, Path pidFile) {
    public Launch {
        command = List.copyOf(command);
    }
}
