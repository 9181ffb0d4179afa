package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpServer;
import dev.freshet.local.flink.JobMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeapWatchTest {
    private final HttpServer flink;
    private final JobMetrics metrics;

    HeapWatchTest() throws IOException {
        flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        metrics = new JobMetrics(
                URI.create("http://127.0.0.1:" + flink.getAddress().getPort()), () -> "a1");
    }

    @AfterEach
    void stop() {
        flink.stop(0);
    }

    @Test
    void theLeastAndTheMostOfAllLooksStay() throws Exception {
        List<Integer> used = List.of(500, 300, 900, 700);
        CountDownLatch looks = new CountDownLatch(used.size());
        Iterator<Integer> next = used.iterator();
        answer("/taskmanagers", () -> "{\"taskmanagers\":[{\"id\":\"t\"}]}");
        answer("/taskmanagers/t/metrics", () -> {
            looks.countDown();
            return next.hasNext() ? "[{\"value\":\"" + next.next() + "\"}]" : "[]";
        });
        flink.start();

        try (HeapWatch heap = new HeapWatch(metrics)) {
            assertThat(looks.await(30, TimeUnit.SECONDS)).isTrue();
            heap.end();

            assertThat(heap.least()).isEqualTo(300);
            assertThat(heap.most()).isEqualTo(900);
        }
    }

    @Test
    void aLookThatFailsIsNotForgotten() throws Exception {
        CountDownLatch looked = new CountDownLatch(1);
        flink.createContext("/", exchange -> {
            looked.countDown();
            exchange.close();
        });
        flink.start();

        try (HeapWatch heap = new HeapWatch(metrics)) {
            assertThat(looked.await(30, TimeUnit.SECONDS)).isTrue();

            assertThatIllegalStateException()
                    .isThrownBy(heap::end)
                    .withMessageContaining("heap")
                    .withRootCauseInstanceOf(IOException.class);
        }
    }

    private void answer(String path, Supplier<String> json) {
        flink.createContext(path, exchange -> {
            byte[] body = json.get().getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }
}
