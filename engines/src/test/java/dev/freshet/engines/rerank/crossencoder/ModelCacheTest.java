package dev.freshet.engines.rerank.crossencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.rerank.RerankOutcome.Scored;
import dev.freshet.core.rerank.RerankPassage;
import dev.freshet.core.rerank.RerankQuery;
import dev.freshet.core.rerank.RerankerMisconfiguredException;
import dev.freshet.engines.embedding.onnx.Checksum;
import dev.freshet.engines.embedding.onnx.TinyCrossEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelCacheTest {
    private static final byte[] MODEL = new TinyCrossEncoder().graph();
    private static final byte[] TOKENIZER = TinyCrossEncoder.tokenizer().getBytes(StandardCharsets.UTF_8);
    private static final int LARGEST = Math.max(MODEL.length, TOKENIZER.length);
    private static final Set<String> LOCALHOST = Set.of("localhost");
    private static final Duration AMPLE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private FileServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FileServer();
        server.serve("/model", MODEL);
        server.serve("/tokenizer", TOKENIZER);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aCrossEncoderIsDownloadedOnce() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (CrossEncoderReranker reranker = CrossEncoderReranker.open(options("/model"))) {
                assertThat(reranker.rerank(
                                        new RerankQuery("pump", null),
                                        List.of(new RerankPassage("a", "the pump", null)),
                                        AMPLE)
                                .get(30, TimeUnit.SECONDS))
                        .isInstanceOf(Scored.class);
            }
        }
        assertThat(server.asked).containsExactly("/tokenizer", "/model");
    }

    @Test
    void aFileThatHasChangedSinceIsDownloadedAgain() throws Exception {
        Path cached = cache(download("/model")).folder();
        Files.write(cached.resolve("model.onnx"), new byte[] {1, 2, 3});

        assertThat(cache(download("/model")).folder()).isEqualTo(cached);

        assertThat(cached.resolve("model.onnx")).hasBinaryContent(MODEL);
        assertThat(server.asked).containsExactly("/tokenizer", "/model", "/model");
    }

    @Test
    void nothingIsKeptOfAFileWithAnotherChecksum() {
        server.serve("/other", new byte[] {1, 2, 3});

        assertRefused("/other", "SHA-256", sha256(MODEL), sha256(new byte[] {1, 2, 3}));
        assertNothingIsLeft();
    }

    @Test
    void nothingIsKeptOfAFileThatIsTooLarge() {
        byte[] larger = new byte[LARGEST + 1];
        server.serve("/larger", larger);
        server.serve("/larger-unsaid", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(larger);
        });

        assertRefused("/larger", "more than " + LARGEST, "--reranker-largest-file");
        assertRefused("/larger-unsaid", "more than " + LARGEST, "--reranker-largest-file");
        assertNothingIsLeft();
    }

    @Test
    void aServerThatIsTooSlowIsLeft() {
        server.hang("/slow");

        assertThatThrownBy(() -> cache(download("/slow", LOCALHOST, Duration.ofMillis(500)))
                        .folder())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too slow");
        assertNothingIsLeft();
    }

    @Test
    void redirectsAreFollowedToURLsOfTheSameSchemeOnly() throws Exception {
        server.redirect("/moved", "/moved-again");
        server.redirect("/moved-again", server.url("/model"));
        server.redirect("/to-a-file", "file:///etc/passwd");
        server.redirect("/to-tls", "https://localhost/model");
        server.redirect("/in-circles", "/in-circles");
        server.redirect("/inside", "http://127.0.0.1:%s/model".formatted(port()));

        assertRefused("/to-a-file", "another scheme");
        assertRefused("/to-tls", "another scheme");
        assertRefused("/in-circles", "more than 5 times");
        assertRefused("/inside", "http://127.0.0.1", "--reranker-inside-host");
        assertThat(cache(download("/moved")).folder().resolve("model.onnx")).hasBinaryContent(MODEL);
    }

    private String port() {
        return server.url("").replaceAll(".*:", "");
    }

    @Test
    void whatIsNotThereIsSaidWithoutTheQueryOfTheUrl() {
        assertRefused("/nowhere?token=hidden", "/nowhere answered 404");
        assertThatThrownBy(() -> CrossEncoderReranker.open(options("/nowhere?token=hidden")))
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/model",
                "https://[::1]/model",
                "https://169.254.169.254/latest",
                "https://10.1.2.3/model",
                "https://2130706433/model",
                "https://[fd00::1]/model",
                "https://0.0.0.0/model"
            })
    void addressesInsideAreNotAsked(String url) {
        assertThatThrownBy(() -> cache(download(url, LOCALHOST, AMPLE)).folder())
                .hasMessageContainingAll("inside of the network", "--reranker-inside-host");
    }

    @Test
    void namesOfAddressesInsideAreNotAsked() {
        Dns names = host -> List.of(InetAddress.getByName("192.168.7.7"));

        assertThatThrownBy(() -> new ModelCache(
                                withTokenizer("https://models.example/tokenizer", "https://models.example/model"),
                                names)
                        .folder())
                .hasMessageContainingAll("models.example", "inside of the network");
    }

    private void assertRefused(String path, String... words) {
        assertThatThrownBy(() -> CrossEncoderReranker.open(options(path)))
                .isInstanceOf(RerankerMisconfiguredException.class)
                .hasMessageContainingAll(words);
    }

    private void assertNothingIsLeft() {
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsOnly("tokenizer.json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ModelCache cache(DownloadOptions options) {
        return new ModelCache(options, Dns.SYSTEM);
    }

    private CrossEncoderOptions options(String path) {
        return new CrossEncoderOptions(null, download(path), 256, 4_096, 512, 1, "cpu", 0);
    }

    private DownloadOptions download(String path) {
        return download(path, LOCALHOST, AMPLE);
    }

    private DownloadOptions download(String model, Set<String> inside, Duration deadline) {
        String url = model.startsWith("/") ? server.url(model) : model;
        return new DownloadOptions(
                url,
                sha256(MODEL),
                server.url("/tokenizer"),
                sha256(TOKENIZER).toUpperCase(Locale.ROOT),
                folder.resolve("cache").toString(),
                LARGEST,
                deadline,
                inside);
    }

    private DownloadOptions withTokenizer(String tokenizer, String model) {
        return new DownloadOptions(
                model, sha256(MODEL), tokenizer, sha256(TOKENIZER), folder.toString(), LARGEST, AMPLE, LOCALHOST);
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Checksum.digest().digest(bytes));
    }
}
