package dev.freshet.engines.rerank.crossencoder;

import dev.freshet.engines.embedding.onnx.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Downloads files, each with a checksum, a cap and a deadline. Redirects are followed to where a URL might lead from the start; no proxy
 * is asked, so that the addresses that are checked are those that are asked.
 */
final class Download implements AutoCloseable {
    private static final int MOST_REDIRECTS = 5;
    private static final int BUFFER = 1 << 16;
    private static final Duration STALLED = Duration.ofSeconds(30);

    private final Set<String> insideHosts;
    private final long largest;
    private final Duration deadline;
    private final OkHttpClient http;

    /** Why a file was not downloaded, in words for a person. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /** @param names resolves the names of hosts */
    Download(DownloadOptions options, Dns names) {
        this.insideHosts = options.insideHosts();
        this.largest = options.largestFile();
        this.deadline = options.deadline();
        this.http = new OkHttpClient.Builder()
                .dns(new OutsideAddresses(names, insideHosts))
                .proxy(Proxy.NO_PROXY)
                // By hand: every step is checked.
                .followRedirects(false)
                .followSslRedirects(false)
                .readTimeout(STALLED)
                .build();
    }

    /**
     * Downloads a file, which is there as a whole, or not at all.
     *
     * @param sha256 in hexadecimal
     * @throws RefusedException when it must not be downloaded, or is not what it should be
     * @throws IOException when it could not be downloaded
     */
    void to(Path file, HttpUrl url, String sha256) throws IOException {
        long end = System.nanoTime() + deadline.toNanos();
        HttpUrl from = url;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpUrl next = follow(file, from, sha256, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            if (next == null) {
                return;
            }
            from = next;
        }
        throw new RefusedException("%s leads on more than %d times".formatted(shown(url), MOST_REDIRECTS));
    }

    private @Nullable HttpUrl follow(Path file, HttpUrl url, String sha256, Duration left) throws IOException {
        check(url);
        Request request = new Request.Builder()
                .url(url)
                // Otherwise it would be unpacked on the way; the cap and the checksum are about what is stored.
                .header("Accept-Encoding", "identity")
                .header("User-Agent", "freshet")
                .build();
        OkHttpClient timed = http.newBuilder().callTimeout(left).build();
        try (Response response = timed.newCall(request).execute()) {
            if (response.isRedirect()) {
                HttpUrl next = url.resolve(String.valueOf(response.header("Location")));
                if (next == null || !next.scheme().equals(url.scheme())) {
                    throw new RefusedException("%s leads to a URL of another scheme".formatted(shown(url)));
                }
                return next;
            }
            if (response.code() != 200) {
                throw new RefusedException("%s answered %d".formatted(shown(url), response.code()));
            }
            save(response, file, url, sha256);
            return null;
        } catch (InterruptedIOException e) {
            throw new IOException(
                    "%s is too slow: nothing came for %s, or not all within %s"
                            .formatted(shown(url), STALLED, deadline),
                    e);
        }
    }

    private void check(HttpUrl url) throws IOException {
        if (!url.isHttps() && !insideHosts.contains(url.host())) {
            throw new RefusedException(
                    "%s is without TLS, and --reranker-inside-host does not name its host".formatted(shown(url)));
        }
        // The client does not resolve what is an address already.
        OutsideAddresses.check(url.host(), insideHosts);
    }

    private void save(Response response, Path file, HttpUrl url, String sha256) throws IOException {
        Path part = Files.createTempFile(
                Objects.requireNonNull(file.getParent(), "the file is in a folder"), "download", ".part");
        try {
            String actual = copy(response, part, url);
            if (!actual.equalsIgnoreCase(sha256)) {
                throw new RefusedException("%s has the SHA-256 %s instead of %s; nothing of it was used"
                        .formatted(shown(url), actual, sha256));
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private String copy(Response response, Path part, HttpUrl url) throws IOException {
        MessageDigest digest = Checksum.digest();
        byte[] buffer = new byte[BUFFER];
        long bytes = Math.max(0, response.body().contentLength());
        if (bytes <= largest) {
            bytes = 0;
            try (InputStream in = response.body().byteStream();
                    OutputStream out = Files.newOutputStream(part)) {
                for (int read = in.read(buffer); read >= 0 && bytes <= largest; read = in.read(buffer)) {
                    bytes += read;
                    digest.update(buffer, 0, read);
                    out.write(buffer, 0, read);
                }
            }
        }
        if (bytes > largest) {
            throw new RefusedException("%s has more than %d bytes; --reranker-largest-file would have to allow them"
                    .formatted(shown(url), largest));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Without the query, which may hold a secret. */
    static String shown(HttpUrl url) {
        return url.newBuilder().query(null).fragment(null).build().toString();
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
