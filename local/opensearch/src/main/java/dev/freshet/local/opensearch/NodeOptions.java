package dev.freshet.local.opensearch;

import java.nio.file.Path;

/**
 * What the node needs to know.
 *
 * @param home folder of the node; data and logs lie below it
 * @param httpPort port of the REST API on the loopback interface
 */
record NodeOptions(Path home, int httpPort) {

    static final String USAGE = "usage: LocalOpenSearch --home DIR --http-port PORT";

    static NodeOptions parse(String... arguments) {
        Path home = null;
        int port = -1;
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--home" -> home = Path.of(arguments[i + 1]);
                case "--http-port" -> port = Integer.parseInt(arguments[i + 1]);
                default -> throw new IllegalArgumentException("unknown option " + arguments[i] + "; " + USAGE);
            }
        }
        if (home == null || port < 1 || port > 65_535 || arguments.length % 2 != 0) {
            throw new IllegalArgumentException(USAGE);
        }
        return new NodeOptions(home.toAbsolutePath(), port);
    }
}
