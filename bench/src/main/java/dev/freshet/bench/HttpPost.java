package dev.freshet.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Posts to one address over a connection that is kept. On the caller's thread: handing over to other threads, as newer
 * clients do, would be a good part of what is measured.
 */
final class HttpPost {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int LONGEST_REASON = 1000;

    private final URL url;
    private final Map<String, String> headers;

    HttpPost(URI server, String path, Map<String, String> headers) throws IOException {
        this.url = server.resolve(path).toURL();
        this.headers = headers;
    }

    /** The time from the request to the end of the answer, in milliseconds. */
    double millis(byte[] body) throws IOException {
        long start = System.nanoTime();
        byte[] answer = send(body);
        double millis = (System.nanoTime() - start) / 1e6;
        if (answer.length == 0) {
            throw new IOException("an empty answer from " + url);
        }
        return millis;
    }

    byte[] send(byte[] body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestMethod("POST");
        headers.forEach(connection::setRequestProperty);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_ACCEPTED) {
            throw new IOException("status %d from %s%s".formatted(status, url, reason(connection)));
        }
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }

    private static String reason(HttpURLConnection connection) throws IOException {
        try (InputStream in = connection.getErrorStream()) {
            return in == null ? "" : ": " + new String(in.readNBytes(LONGEST_REASON), StandardCharsets.UTF_8);
        }
    }
}
