package dev.freshet.ingest.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.document.ContentReference;
import dev.freshet.core.document.DeadLetter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchWebTest {
    private WebServer server;
    private Fetching fetching;

    @BeforeEach
    void open() throws Exception {
        server = new WebServer();
        fetching = Fetching.allowing(server.url("/docs/"));
    }

    @AfterEach
    void close() {
        fetching.close();
        server.close();
    }

    @Test
    void theTextIsWhatTheServerAnswersToTheWholeUri() throws Exception {
        server.serve("/docs/a", 200, "caf\u00e9");

        assertThat(fetching.outcome(server.url("/docs/a?token=secret"), null)).isEqualTo("caf\u00e9");
        assertThat(server.asked).containsExactly("/docs/a?token=secret");
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        server.serve("/docs/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", server.url("/docs/target"));
            WebServer.answer(exchange, 302, new byte[0]);
        });
        server.serve("/docs/target", 200, "inside");

        DeadLetter letter = fetching.deadLetter(server.url("/docs/moved"));

        assertThat(letter.reason()).isEqualTo("reference_not_allowed");
        assertThat(server.asked).containsExactly("/docs/moved");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 410})
    void whatTheServerDoesNotHaveOrGiveIsNotAskedForAgain(int status) throws Exception {
        server.serve("/docs/a", status, "no");

        DeadLetter letter = fetching.deadLetter(server.url("/docs/a?token=secret"));

        assertThat(letter.reason()).isEqualTo("content_not_found");
        assertThat(letter.attempts()).isEqualTo(1);
        assertThat(letter.message()).contains(Integer.toString(status)).doesNotContain("secret");
        assertThat(server.asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 400, 418})
    void anAnswerThatIsNoContentIsNotAskedForAgain(int status) throws Exception {
        server.serve("/docs/a", status, "");

        DeadLetter letter = fetching.deadLetter(server.url("/docs/a"));

        assertThat(letter.reason()).isEqualTo("content_unavailable");
        assertThat(letter.attempts()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void aServerThatIsBusyIsAskedAgain(int status) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        server.serve("/docs/a", exchange -> {
            boolean busy = asked.incrementAndGet() < 3;
            WebServer.answer(exchange, busy ? status : 200, "text".getBytes(StandardCharsets.UTF_8));
        });

        assertThat(fetching.outcome(server.url("/docs/a"), null)).isEqualTo("text");
        assertThat(asked).hasValue(3);
    }

    @Test
    void afterTheDeadlineTheChangeIsDeadLetteredWithItsAttempts() throws Exception {
        server.serve("/docs/a", 503, "");
        try (Fetching impatient = Fetching.impatiently(server.url("/docs/"))) {
            DeadLetter letter = impatient.deadLetter(server.url("/docs/a?token=secret"));

            assertThat(letter.reason()).isEqualTo("content_unavailable");
            assertThat(letter.attempts()).isEqualTo(server.asked.size());
            assertThat(letter.message()).contains("503").doesNotContain("secret");
        }
    }

    @Test
    void aServerThatIsAwayIsUnavailable() throws Exception {
        String gone = server.url("/docs/a");
        server.close();
        try (Fetching impatient = Fetching.impatiently(gone)) {
            assertThat(impatient.deadLetter(gone).reason()).isEqualTo("content_unavailable");
        }
    }

    @Test
    void aServerThatNeverAnswersIsUnavailable() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        server.serve("/docs/a", exchange -> await(over));
        try (Fetching impatient = Fetching.impatiently(server.url("/docs/"))) {
            assertThat(impatient.deadLetter(server.url("/docs/a")).reason()).isEqualTo("content_unavailable");
        } finally {
            over.countDown();
        }
    }

    @Test
    void anAnswerWithoutEndIsCutOffAtTheLargest() throws Exception {
        server.serve("/docs/a", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            byte[] some = new byte[1_000];
            Arrays.fill(some, (byte) 'x');
            for (int i = 0; i < 1_000_000; i++) {
                body.write(some);
            }
        });

        assertThat(fetching.deadLetter(server.url("/docs/a")).reason()).isEqualTo("content_too_large");
    }

    @ParameterizedTest
    @CsvSource({"1000000000,content_unavailable", "2,te"})
    void aFalseLengthChangesNothing(long length, String outcome) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Fetching impatient = Fetching.impatiently("http://localhost:" + socket.getLocalPort() + "/")) {
            Thread.ofVirtual()
                    .start(() -> answerAlways(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\ntext"));

            assertThat(impatient.outcome("http://localhost:" + socket.getLocalPort() + "/a", null))
                    .isEqualTo(outcome);
        }
    }

    @Test
    void packedAnswersAreNeitherAskedForNorUnpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(new byte[1 << 20]);
        }
        server.serve("/docs/a", exchange -> {
            assertThat(exchange.getRequestHeaders().getFirst("Accept-Encoding")).isEqualTo("identity");
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            WebServer.answer(exchange, 200, packed.toByteArray());
        });

        assertThat(fetching.read(server.url("/docs/a")).content()).isEqualTo(packed.toByteArray());
    }

    @Test
    void anAddressOfThisMachineMustBeNamedAsItIs() throws Exception {
        server.serve("/docs/a", 200, "text");
        String byAddress = "http://127.0.0.1:" + server.port() + "/docs/a";

        assertThat(fetching.deadLetter(byAddress).reason()).isEqualTo("reference_not_allowed");
        try (Fetching named = Fetching.allowing("http://127.0.0.1:" + server.port() + "/")) {
            assertThat(named.outcome(byAddress, null)).isEqualTo("text");
        }
    }

    @Test
    void aNameThatLeadsInsideIsRefusedThoughItIsAllowed() throws Exception {
        server.serve("/", 200, "inside");
        Dns inside = host -> List.of(InetAddress.getByName("8.8.8.8"), InetAddress.getLoopbackAddress());
        String uri = "http://wiki.example.org:" + server.port() + "/a";
        FetchSettings settings =
                Fetching.settings(Duration.ofSeconds(1), "http://wiki.example.org:" + server.port() + "/");
        try (HttpContent http = new HttpContent(settings, AllowedContent.of(settings.allowed()), inside)) {
            assertThat(http.read(ContentUri.parse(uri)))
                    .isInstanceOfSatisfying(ContentOutcome.Refused.class, refused -> {
                        assertThat(refused.reason()).isEqualTo("reference_not_allowed");
                        assertThat(refused.message()).contains("wiki.example.org");
                    });
        }
        assertThat(server.asked).isEmpty();
    }

    @Test
    void aNameIsCheckedAgainForEveryConnection() throws Exception {
        Deque<String> addresses = new ArrayDeque<>(List.of("8.8.8.8", "10.0.0.1"));
        Dns rebinding = host -> List.of(InetAddress.getByName(addresses.removeFirst()));
        PublicAddresses names = new PublicAddresses(rebinding, Set.of());

        assertThat(names.lookup("wiki.example.org")).hasSize(1);
        assertThatThrownBy(() -> names.lookup("wiki.example.org")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void whatIsUnderWayEndsWhenTheStageIsClosed() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        server.serve("/docs/a", exchange -> {
            asked.countDown();
            await(over);
        });

        var under = fetching.begin(Fetching.change(new ContentReference(server.url("/docs/a"), null)));
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        fetching.close();

        assertThatThrownBy(() -> under.get(20, TimeUnit.SECONDS)).hasRootCauseInstanceOf(CancellationException.class);
        over.countDown();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IOException("the test did not end");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void answerAlways(ServerSocket socket, String answer) {
        try {
            while (true) {
                try (var connection = socket.accept()) {
                    connection.getInputStream().read(new byte[8192]);
                    connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            // The test is over.
        }
    }
}
