package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import dev.freshet.bench.SearchSide.Answer;
import dev.freshet.core.envelope.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FreshetSearchSideTest {
    private final HttpServer api;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    FreshetSearchSideTest() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.start();
    }

    @AfterEach
    void stop() {
        api.stop(0);
    }

    @Test
    void asksAsTheVariantSaysForOneTenantsDocuments() throws IOException {
        answer(200, "{\"hits\":[{\"document_id\":\"b\"},{\"document_id\":\"a\"}],\"degraded\":[]}");

        Answer answer = side().ask("why");

        assertThat(answer.documents()).containsExactly("b", "a");
        assertThat(answer.degraded()).isFalse();
        assertThat(answer.millis()).isPositive();
        assertThat(asked.getFirst()).startsWith("t1 ");
        assertThat(Json.MAPPER.readTree(asked.getFirst().substring(3)))
                .isEqualTo(Json.MAPPER.readTree(
                        "{\"query\":\"why\",\"k\":20,\"group_by\":\"document\",\"mode\":\"vector\"}"));
    }

    @Test
    void anAnswerThatLeavesSomethingOutIsNoted() throws IOException {
        answer(200, "{\"hits\":[],\"degraded\":[\"vector_leg_failed\"]}");

        assertThat(side().ask("why").degraded()).isTrue();
    }

    @Test
    void aRefusalSaysWhy() {
        answer(400, "{\"errors\":[\"rerank is not known\"]}");

        assertThatIOException().isThrownBy(() -> side().ask("why")).withMessageContaining("rerank is not known");
    }

    private SearchSide side() throws IOException {
        URI url = URI.create("http://127.0.0.1:" + api.getAddress().getPort());
        return new FreshetSearchSide("it", SearchVariant.of("it", "{\"mode\":\"vector\"}"), url, "t1", 20);
    }

    private void answer(int status, String json) {
        api.createContext("/v1/search", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestHeaders().getFirst("Freshet-Tenant")
                        + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                byte[] body = json.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }
}
