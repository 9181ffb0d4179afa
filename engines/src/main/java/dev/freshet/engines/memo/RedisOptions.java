package dev.freshet.engines.memo;

import dev.freshet.core.embed.EmbedderMisconfiguredException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which Redis remembers vectors, and how. It says where the password is, never the password itself: that is read on the machine that
 * needs it, and travels in no job and no command line.
 *
 * @param url {@code redis://host:port/database}, or {@code rediss:} for TLS; port and database may be left out
 * @param user to log in as; null for Redis' default
 * @param passwordFile whose text is the password; null for none
 * @param passwordVariable of the environment whose value is the password; null for none
 * @param keyPrefix put before every key
 * @param timeToLive after which Redis forgets a vector, from when it was written
 * @param deadline of a request, after which the vectors count as not known
 */
public record RedisOptions(
        String url,
        @Nullable String user,
        @Nullable String passwordFile,
        @Nullable String passwordVariable,
        String keyPrefix,
        Duration timeToLive,
        Duration deadline)
        implements Serializable {
    private static final int DEFAULT_PORT = 6379;
    private static final int LARGEST_PORT = 65_535;
    private static final int LONGEST_PREFIX = 100;
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);
    private static final Duration SHORTEST_DEADLINE = Duration.ofMillis(1);
    private static final Duration LONGEST_DEADLINE = Duration.ofSeconds(10);
    private static final Pattern DATABASE = Pattern.compile("/?|/[0-9]{1,5}");

    /** Everything that is wrong, in the words of the command line; empty when it can be tried. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        URI uri = uri();
        if (uri == null
                || uri.getHost() == null
                || !DATABASE.matcher(uri.getPath()).matches()) {
            problems.add("--memo-redis must be redis://host:port/database, or rediss:// for TLS");
        } else if (uri.getUserInfo() != null) {
            problems.add("--memo-redis must not have user or password in it: use --memo-redis-user, and"
                    + " --memo-redis-password-file or --memo-redis-password-variable");
        } else if (uri.getQuery() != null || uri.getFragment() != null || port() < 1 || port() > LARGEST_PORT) {
            problems.add("--memo-redis must be redis://host:port/database, or rediss:// for TLS");
        }
        check(
                passwordFile == null || passwordVariable == null,
                "--memo-redis-password-file and --memo-redis-password-variable exclude each other",
                problems);
        check(
                user == null || passwordFile != null || passwordVariable != null,
                "--memo-redis-user needs --memo-redis-password-file or --memo-redis-password-variable",
                problems);
        check(
                keyPrefix.length() <= LONGEST_PREFIX && keyPrefix.chars().allMatch(c -> c > ' ' && c < 127),
                "--memo-key-prefix must be at most " + LONGEST_PREFIX + " visible ASCII characters",
                problems);
        check(timeToLive.compareTo(SHORTEST_LIFE) >= 0, "--memo-ttl must be at least 1s", problems);
        check(
                deadline.compareTo(SHORTEST_DEADLINE) >= 0 && deadline.compareTo(LONGEST_DEADLINE) <= 0,
                "--memo-deadline must be from 1ms to 10s",
                problems);
        return problems;
    }

    private static void check(boolean right, String problem, List<String> problems) {
        if (!right) {
            problems.add(problem);
        }
    }

    private @Nullable URI uri() {
        if (!url.startsWith("redis://") && !url.startsWith("rediss://")) {
            return null;
        }
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    String host() {
        return URI.create(url).getHost();
    }

    int port() {
        int port = URI.create(url).getPort();
        return port < 0 ? DEFAULT_PORT : port;
    }

    int database() {
        String path = URI.create(url).getPath();
        return path.length() <= 1 ? 0 : Integer.parseInt(path.substring(1));
    }

    boolean tls() {
        return url.startsWith("rediss:");
    }

    /**
     * Reads the password; null where there is none.
     *
     * @throws EmbedderMisconfiguredException when it cannot be read
     */
    @Nullable
    String password() {
        if (passwordFile != null) {
            try {
                return Files.readString(Path.of(passwordFile)).strip();
            } catch (IOException e) {
                throw new EmbedderMisconfiguredException(
                        "The password of the memo cannot be read from %s (%s). The file must be readable on every machine that embeds."
                                .formatted(passwordFile, e.getClass().getSimpleName()));
            }
        }
        if (passwordVariable == null) {
            return null;
        }
        String value = System.getenv(passwordVariable);
        if (value == null) {
            throw new EmbedderMisconfiguredException(
                    "The environment variable %s is not set. It must hold the password of the memo on every machine that embeds."
                            .formatted(passwordVariable));
        }
        return value;
    }
}
