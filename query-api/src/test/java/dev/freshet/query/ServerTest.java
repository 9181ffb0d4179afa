package dev.freshet.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.query.Http.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every path has in common, and the paths that are no feature of their own. */
final class ServerTest {
    private static FakeApi api;

    @BeforeAll
    static void start() {
        api = FakeApi.start();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void anUnknownPathIsAProblem() {
        Answer answer = api.http.get("/v1/nothing");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({"GET,/v1/search,POST", "PUT,/v1/documents,POST", "POST,/healthz,GET", "PATCH,/v1/documents/a,GET"})
    void aMethodThatDoesNotFitIsAProblem(String method, String path, String allowed) {
        Answer answer = api.http.send(method, path);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains(allowed);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void aBodyThatIsNotDeclaredAsJsonIsRefused() {
        Answer answer = api.http.send(api.http
                .request("/v1/documents", "Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"id\":\"a\",\"content\":\"x\"}")));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(api.changes.changes()).isEmpty();
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() {
        byte[] body = "{\"query\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
        Answer answer = api.http.send(api.http
                .request("/v1/search", "Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a/b", "a b", "a\tb"})
    void aTenantThatCannotBeIsRefused(String tenant) {
        assertThat(api.http
                        .post("/v1/search", "{\"query\":\"a\"}", "Freshet-Tenant", tenant)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anotherNameForThisMachineIsRefused() throws Exception {
        String answer = raw("POST /v1/search HTTP/1.1\r\nHost: attacker.example\r\nContent-Type: application/json\r\n"
                + "Content-Length: 13\r\nConnection: close\r\n\r\n{\"query\":\"a\"}");

        assertThat(answer).startsWith("HTTP/1.1 403");
    }

    @Test
    void headersThatAreTooLongAreAProblem() throws Exception {
        String answer =
                raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(40_000) + "\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 431")
                .contains("application/problem+json")
                .doesNotContain("jetty");
    }

    /** Whatever the body was refused for: its length, its type, or the path. */
    @ParameterizedTest
    @CsvSource({"/v1/documents,application/json,413", "/v1/documents,text/plain,415", "/v1/nothing,text/plain,404"})
    void aClientThatSendsEverythingBeforeItReadsSeesWhyItWasRefused(String path, String type, int status)
            throws Exception {
        String body = "a".repeat(12 << 20);

        assertThat(raw(post(path, type, body.length(), "Connection: close") + body))
                .startsWith("HTTP/1.1 " + status)
                .contains("application/problem+json");
    }

    @Test
    void aClientThatAsksBeforeItSendsIsToldNotTo() throws Exception {
        assertThat(raw(post("/v1/documents", "application/json", 12 << 20, "Expect: 100-continue")))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void aBodyFarOverTheLimitIsRefusedUnread() throws Exception {
        assertThat(raw(post("/v1/documents", "application/json", 1L << 40, "Connection: close") + "{"))
                .startsWith("HTTP/1.1 413");
    }

    private static String post(String path, String type, long length, String header) {
        return String.join(
                "\r\n",
                "POST " + path + " HTTP/1.1",
                "Host: localhost",
                "Content-Type: " + type,
                "Content-Length: " + length,
                header,
                "",
                "");
    }

    @Test
    void healthAndReadinessAnswer() {
        assertThat(api.http.get("/healthz").status()).isEqualTo(200);
        assertThat(api.http.get("/readyz").status()).isEqualTo(200);
    }

    @Test
    void metricsTellStagesAndRequests() {
        api.http.post("/v1/search", "{\"query\":\"a\"}");
        String metrics = api.http.get("/metrics").body();

        assertThat(metrics)
                .contains("freshet_search_stage_seconds_bucket{stage=\"retrieve\"")
                .contains("freshet_search_seconds_count{mode=\"hybrid\"}")
                .contains("freshet_http_requests_seconds_count{method=\"POST\",route=\"/v1/search\",status=\"200\"}")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void thePageLoadsNothingFromElsewhere() {
        Answer page = api.http.get("/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualToIgnoringWhitespace("text/html; charset=utf-8");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(page.body())
                .contains("/page/app.js")
                .doesNotContain("http://")
                .doesNotContain("https://");
        for (String part : new String[] {"/page/app.js", "/page/highlight.js", "/page/style.css", "/page/icon.svg"}) {
            assertThat(api.http.get(part).status()).isEqualTo(200);
        }
        assertThat(api.http.get("/", "If-None-Match", page.header("ETag")).status())
                .isEqualTo(304);
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
