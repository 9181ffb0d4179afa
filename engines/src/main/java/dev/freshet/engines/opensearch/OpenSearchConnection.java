package dev.freshet.engines.opensearch;

import dev.freshet.core.batch.AsyncFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.opensearch.client.opensearch.generic.Body;
import org.opensearch.client.opensearch.generic.OpenSearchGenericClient;
import org.opensearch.client.opensearch.generic.Requests;
import org.opensearch.client.opensearch.generic.Response;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;
import org.opensearch.client.transport.httpclient5.ResponseException;

/**
 * Connections to an OpenSearch cluster. Safe for concurrent use; close it once, after everything that uses it.
 *
 * <p>Requests are bytes: the two that matter, {@code _bulk} and {@code _msearch}, carry thousands of floats, and go
 * from records to the wire without a tree of objects between.
 */
public final class OpenSearchConnection implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";
    // A pooled connection may belong to a node that was restarted.
    private static final TimeValue CHECK_AFTER_IDLE = TimeValue.ofSeconds(1);

    private final OpenSearchTransport transport;
    private final OpenSearchGenericClient client;
    private final Duration requestTimeout;

    private OpenSearchConnection(OpenSearchTransport transport, Duration requestTimeout) {
        this.transport = transport;
        this.client = new OpenSearchGenericClient(transport);
        this.requestTimeout = requestTimeout;
    }

    /** Opens the connections; OpenSearch need not be there yet. */
    public static OpenSearchConnection open(OpenSearchOptions options) {
        HttpHost[] hosts =
                options.urls().stream().map(OpenSearchConnection::host).toArray(HttpHost[]::new);
        OpenSearchTransport transport = ApacheHttpClient5TransportBuilder.builder(hosts)
                .setRequestConfigCallback(config -> limited(config, options))
                .setHttpClientConfigCallback(http -> client(http, options))
                .build();
        return new OpenSearchConnection(transport, options.requestTimeout());
    }

    /** Sends a request without a body. */
    CompletableFuture<Reply> send(String method, String path) {
        return send(method, path, Map.of(), null);
    }

    /** Gets something, with parameters. */
    CompletableFuture<Reply> get(String path, Map<String, String> parameters) {
        return send("GET", path, parameters, null);
    }

    /** Sends a JSON object. */
    CompletableFuture<Reply> sendJson(String method, String path, byte[] json) {
        return sendJson(method, path, Map.of(), json);
    }

    /** Sends a JSON object with parameters in the address. */
    CompletableFuture<Reply> sendJson(String method, String path, Map<String, String> parameters, byte[] json) {
        return send(method, path, parameters, Body.from(json, JSON));
    }

    /** Sends JSON objects, one per line. */
    CompletableFuture<Reply> sendLines(String path, Map<String, String> parameters, byte[] lines) {
        return send("POST", path, parameters, Body.from(lines, LINES));
    }

    /** Whatever the status of the answer, it is a reply; the future fails only where there was no answer. */
    private CompletableFuture<Reply> send(
            String method, String path, Map<String, String> parameters, @Nullable Body body) {
        try {
            return client.executeAsync(Requests.create(method, path, List.of(), parameters, body))
                    .orTimeout(requestTimeout.toMillis(), TimeUnit.MILLISECONDS)
                    .handle(OpenSearchConnection::reply);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Reply reply(@Nullable Response response, @Nullable Throwable failure) {
        if (response != null) {
            byte[] body = response.getBody().map(Body::bodyAsBytes).orElseGet(() -> new byte[0]);
            return new Reply(response.getStatus(), body);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ResponseException answered) {
                // The client keeps the body of such an answer to itself.
                return new Reply(answered.status(), new byte[0]);
            }
        }
        throw new CompletionException(
                AsyncFailure.cause(Objects.requireNonNull(failure, "neither an answer nor a failure")));
    }

    private static HttpHost host(URI url) {
        return new HttpHost(url.getScheme(), url.getHost(), url.getPort());
    }

    private static RequestConfig.Builder limited(RequestConfig.Builder config, OpenSearchOptions options) {
        Timeout timeout = Timeout.of(options.requestTimeout());
        return config.setResponseTimeout(timeout).setConnectionRequestTimeout(timeout);
    }

    private static HttpAsyncClientBuilder client(HttpAsyncClientBuilder http, OpenSearchOptions options) {
        // Compressing the hits of one search takes longer than searching them.
        return http.setConnectionManager(pool(options)).disableContentCompression();
    }

    private static PoolingAsyncClientConnectionManager pool(OpenSearchOptions options) {
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(options.connections())
                .setMaxConnTotal(options.connections() * options.urls().size())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(options.connectTimeout()))
                        .setSocketTimeout(Timeout.of(options.requestTimeout()))
                        .setValidateAfterInactivity(CHECK_AFTER_IDLE)
                        .build())
                .build();
    }

    @Override
    public void close() {
        try {
            transport.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The connections to OpenSearch did not close", e);
        }
    }
}
