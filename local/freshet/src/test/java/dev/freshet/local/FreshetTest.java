package dev.freshet.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.local.lifecycle.Workspace;
import dev.freshet.local.stack.Project;
import dev.freshet.local.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreshetTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frobnicate",
                "up --nonsense",
                "up --api-port=http",
                "up --without=everything",
                "up --flink-option=s3.endpoint",
                "up --flink-option=-Ds3.endpoint=http://localhost:9000",
                "up --job-option=guard-documents",
                "up --job-option=--parallelism=2",
                "up --job-option=opensearch-url=http://elsewhere:9200",
                "logs -n many",
                "ingest",
                "ingest docs --git .",
                "ingest /nowhere",
                "ingest . --tenant=a/b",
                "ingest . --limit=0",
                "ingest --git . --delete-missing",
                "search",
                "search x -k 0",
                "search x --mode=psychic",
                "search x --filter=novalue",
                "eval",
                "eval .",
                "verify --file /nowhere",
                "verify --limit=0",
                "verify --chunk-minimum=200",
                "verify --embedder=none",
                "verify --embedder=onnx",
                "chunk README.md --embedder-model-path=/nowhere",
                "verify --chunker=none",
                "chunk",
                "chunk /nowhere",
                "chunk . --chunk-target=10",
                "verify --opensearch-url=nowhere",
                "dlq",
                "dlq frobnicate",
                "dlq list --limit=0",
                "dlq show",
                "dlq show seventeen",
                "dlq replay",
                "dlq replay 0@1 --all-unresolved",
                "dlq replay 0@1 --topic=a/b",
                "dlq discard",
                "dlq discard 0@-1",
                "rebuild --deadline=0",
                "approve",
                "discard --tenant=a/b",
                "demo --exit=maybe"
            })
    void badArgumentsGiveOneLineAndStatusTwo(String line) {
        assertThat(run(line)).isEqualTo(2);
        assertThat(text(err)).startsWith("freshet: ").endsWith("--help)\n").hasLineCount(1);
        assertThat(text(out)).isEmpty();
    }

    @Test
    void withoutACommandTheHelpIsOneStepAway() {
        assertThat(run("")).isEqualTo(2);
        assertThat(text(err)).contains("freshet --help").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "up",
                "down",
                "status",
                "logs",
                "ingest",
                "chunk",
                "search",
                "eval",
                "verify",
                "dlq",
                "dlq list",
                "dlq show",
                "dlq replay",
                "dlq discard",
                "rebuild",
                "pause",
                "resume",
                "approve",
                "discard",
                "demo",
                "test"
            })
    void everyCommandHasHelp(String command) {
        assertThat(run(command + " --help")).isZero();
        assertThat(text(out)).contains("Usage: freshet " + command);
        assertThat(text(err)).isEmpty();
    }

    @Test
    void version() {
        assertThat(run("--version")).isZero();
        assertThat(text(out)).isEqualTo("freshet 0.1.0\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "search x",
                "ingest .",
                "dlq list",
                "dlq show 0@1",
                "dlq replay --reason=x",
                "dlq discard 0@1",
                "rebuild",
                "pause",
                "resume",
                "approve --tenant=acme",
                "discard --tenant=acme"
            })
    void whatNeedsTheStackSaysSo(String line) {
        assertThat(run(line + " --home=" + folder)).isEqualTo(1);
        assertThat(text(err))
                .isEqualTo("freshet: Freshet is not running in " + folder + ". Start it with: freshet up\n");
    }

    /** Status 1 says that index and log differ: who cannot tell must not say it. */
    @Test
    void verifyWithoutAStackHasAStatusOfItsOwn() {
        assertThat(run("verify --home=" + folder)).isEqualTo(2);
        assertThat(text(err))
                .isEqualTo("freshet: Freshet is not running in " + folder + ". Start it with: freshet up\n");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void aSingleFileOfAnUnknownFormatIsRefusedWithTheFormatsThereAre() throws Exception {
        Path archive = Files.writeString(folder.resolve("a.zip"), "x");

        assertThat(run("ingest " + archive)).isEqualTo(2);
        assertThat(text(err))
                .contains("a.zip is neither a document (.md, ")
                .contains(".pdf")
                .hasLineCount(1);
    }

    @Test
    void manyDeadLettersNeedAYes() {
        String hundred = IntStream.rangeClosed(0, 100).mapToObj(i -> "0@" + i).collect(Collectors.joining(" "));
        assertThat(run("dlq discard " + hundred + " --home=" + folder)).isEqualTo(2);
        assertThat(text(err)).contains("101 dead letters").contains("--yes");
        err.reset();
        assertThat(run("dlq discard " + hundred + " --yes --home=" + folder)).isEqualTo(1);
        assertThat(text(err)).contains("not running");
    }

    @Test
    void optionsComeFromTheEnvironmentAsWell() {
        environment.put("FRESHET_HOME", folder.toString());
        assertThat(run("status")).isEqualTo(1);
        assertThat(text(out)).isEqualTo("Freshet is stopped (" + folder + ")\n");
        out.reset();
        assertThat(run("status --home=" + folder.resolve("other"))).isEqualTo(1);
        assertThat(text(out)).contains(folder.resolve("other").toString());
    }

    @Test
    void theChunksOfAFileAreShownWithoutAStack() throws Exception {
        Path file = folder.resolve("Stack.java");
        Files.writeString(file, """
                import words;

                /** Version 3.5.0 of it. */
                class Stack {
                  void push() { one(); two(); }

                  void pop() { three(); four(); }
                }
                """);

        assertThat(run("chunk --embedder=hash --chunk-minimum=2 --chunk-target=6 --chunk-maximum=12 " + file))
                .isZero();

        assertThat(text(out))
                .contains("1  line 1, characters 0 to ")
                .contains("line 3, characters 15 to ")
                .contains("code in java; symbol Stack; version:3.5.0")
                .contains("   Stack\n")
                .contains("symbol Stack.pop")
                .contains("   │   void pop() { three(); four(); }\n")
                .containsPattern("\\d+ chunks of \\d+ to \\d+ tokens");
        out.reset();
        assertThat(run("chunk --json --embedder=hash " + file)).isZero();
        assertThat(text(out))
                .startsWith("{\"start\":0,")
                .contains("\"symbol\":\"Stack\"")
                .hasLineCount(1);
    }

    @Test
    void anEncoderThatIsNotThereIsAWrongArgument() throws Exception {
        Path file = Files.writeString(folder.resolve("pump.md"), "# Start\n");

        assertThat(run("chunk --embedder=onnx --embedder-model-path=/nowhere " + file))
                .isEqualTo(2);
        assertThat(text(err))
                .startsWith("freshet: --embedder-model-path /nowhere cannot be used: ")
                .hasLineCount(1);
    }

    @Test
    void aPageIsChunkedAsTheTextThatPeopleRead() throws Exception {
        Path file = folder.resolve("page.html");
        Files.writeString(
                file,
                "<html><head><title>Pumps</title></head><body><nav>Home</nav><h1>Start</h1><p>It runs.</p></body></html>");

        assertThat(run("chunk --embedder=hash " + file)).isZero();
        assertThat(text(out))
                .startsWith("text/markdown, 17 characters, title Pumps\n")
                .contains("   │ # Start\n", "   │ It runs.\n")
                .doesNotContain("Home", "<p>");
    }

    @Test
    void theCharsetOfAFileIsFoundOrStated() throws Exception {
        Path file = folder.resolve("letter.txt");
        Files.write(file, "Die größte Pumpe läuft früh.".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(run("chunk --embedder=hash " + file)).isZero();
        assertThat(text(out))
                .startsWith("text/plain, 28 characters, no title\n")
                .contains("größte Pumpe läuft");
        out.reset();
        assertThat(run("chunk --embedder=hash --content-type=text/plain;charset=iso-8859-1 " + file))
                .isZero();
        assertThat(text(out)).contains("größte Pumpe läuft");
    }

    @Test
    void theTitleInAPagesPropertiesCountsUnlessOneIsGiven() throws Exception {
        Path file = folder.resolve("page.md");
        Files.writeString(file, "---\ntitle: Pumps\n---\nThey run.\n");

        assertThat(run("chunk --embedder=hash " + file)).isZero();
        assertThat(text(out)).contains("title Pumps\n");
        out.reset();
        assertThat(run("chunk --embedder=hash --title=Valves " + file)).isZero();
        assertThat(text(out)).contains("title Valves\n");
    }

    @Test
    void whatIsNoTextIsNotChunked() throws Exception {
        Path file = folder.resolve("bytes.md");
        Files.write(file, new byte[] {(byte) 0xC3, 0, 1, 2});

        assertThat(run("chunk " + file)).isEqualTo(2);
        assertThat(text(err))
                .contains("bytes.md cannot be read: the content is no text", "(unsupported_type)")
                .hasLineCount(1);
    }

    @Test
    void downWithoutAStackIsNoError() {
        assertThat(run("down --home=" + folder)).isZero();
        assertThat(text(out)).startsWith("Freshet is not running");
    }

    @Test
    void logsAreListedAndShown() throws Exception {
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("logs/kafka.log"), "one\ntwo\n");
        assertThat(run("logs --home=" + folder)).isZero();
        assertThat(text(out)).startsWith("kafka\t");
        out.reset();
        assertThat(run("logs kafka -n 1 --home=" + folder)).isZero();
        assertThat(text(out)).isEqualTo("two\n");
        assertThat(run("logs zookeeper --home=" + folder)).isEqualTo(1);
        assertThat(text(err)).contains("there is no log zookeeper").contains("there are: kafka");
    }

    private int run(String line) {
        Terminal terminal = new Terminal(printer(out), printer(err), false, false, 100);
        Workspace workspace = new Workspace(Project.around(Path.of("")), Path.of("java"), terminal);
        String[] arguments = line.isBlank() ? new String[0] : line.strip().split(" ", -1);
        return Freshet.commandLine(workspace, environment).execute(arguments);
    }

    private static PrintStream printer(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
