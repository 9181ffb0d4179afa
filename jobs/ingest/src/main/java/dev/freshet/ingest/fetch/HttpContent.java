package dev.freshet.ingest.fetch;

import java.io.IOException;
import java.net.Proxy;
import java.util.Set;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Reads from web servers. Redirects are not followed, no proxy is asked, no cookie or password is sent, and a name that
 * resolves to an address inside is refused when the connection is made.
 */
final class HttpContent implements ContentReader, AutoCloseable {
    private static final String LOCALHOST = "localhost";

    private final OkHttpClient http;
    private final int largest;

    /** @param names resolves the names of hosts */
    HttpContent(FetchSettings settings, AllowedContent allowed, Dns names) {
        // A host that is named by its address does not pass through the resolver: to allow it is to name it.
        Set<String> named = allowed.names(LOCALHOST) ? Set.of(LOCALHOST) : Set.of();
        this.largest = settings.largestContent();
        this.http = new OkHttpClient.Builder()
                .dns(new PublicAddresses(names, named))
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.callTimeout())
                .callTimeout(settings.callTimeout())
                .build();
    }

    @Override
    public ContentOutcome read(ContentUri uri) throws IOException {
        HttpUrl url = HttpUrl.parse(uri.text());
        if (url == null || !sameAs(uri, url)) {
            return ContentOutcome.notAllowed("the host or port of the URI can be read in two ways: " + uri.shown());
        }
        Request request = new Request.Builder()
                .url(url)
                // Otherwise it would be unpacked on the way; the cap and the checksum are about what is stored.
                .header("Accept-Encoding", "identity")
                .header("User-Agent", "freshet")
                .build();
        try (Response response = http.newCall(request).execute()) {
            return outcome(uri, response);
        } catch (ForbiddenAddressException e) {
            return ContentOutcome.notAllowed(String.valueOf(e.getMessage()));
        }
    }

    /** The client reads the URI in its own way: it must come to the same server. */
    private static boolean sameAs(ContentUri uri, HttpUrl url) {
        String host = uri.host().replaceAll("^\\[|]$", "");
        return url.host().equals(host)
                && url.port() == uri.port()
                && url.scheme().equals(uri.scheme());
    }

    private ContentOutcome outcome(ContentUri uri, Response response) throws IOException {
        int status = response.code();
        String answer = "the server answered %d: %s".formatted(status, uri.shown());
        if (status >= 300 && status < 400) {
            return ContentOutcome.notAllowed("redirects are not followed; " + answer);
        }
        return switch (status) {
            case 200 -> ContentOutcome.of(response.body().byteStream(), largest);
            case 401, 403, 404, 410 -> ContentOutcome.notFound(answer);
            case 408, 425, 429 -> new ContentOutcome.Unavailable(answer);
            default ->
                status >= 500
                        ? new ContentOutcome.Unavailable(answer)
                        : new ContentOutcome.Refused("content_unavailable", answer);
        };
    }

    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }
}
