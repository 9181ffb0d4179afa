package dev.freshet.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkBenchTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Remembering tool = new Remembering();

    @TempDir
    private Path folder;

    @Test
    void newPagesAreAddedToAnIndexOfTheirOwnAndNothingIsRemoved() throws IOException {
        serve(work(Work.Kind.LOAD, new PageChange("a", "one two"), new PageChange("b", "three")));

        assertThat(tool.calls).containsExactly("create index", "add a b");
    }

    @Test
    void pagesThatChangeAreRemovedWhereverTheyMayBe() throws IOException {
        serve(work(Work.Kind.REPLAY, new PageChange("a", "four"), new PageChange("b", null)));

        assertThat(tool.calls).containsExactly("remove a b", "add a");
    }

    @Test
    void deletionsAloneAddNothing() throws IOException {
        serve(work(Work.Kind.REPLAY, new PageChange("b", null)));

        assertThat(tool.calls).containsExactly("remove b");
    }

    @Test
    void aPageThatIsEmptyNowIsRemovedAndNotAdded() throws IOException {
        List<Done> done = serve(
                work(Work.Kind.LOAD, new PageChange("a", "one two")), work(Work.Kind.REPLAY, new PageChange("a", " ")));

        assertThat(tool.calls).containsExactly("create index", "add a", "remove a");
        assertThat(done.getLast().live()).isZero();
    }

    @Test
    void saysWhatWasEmbeddedAndWhatTheIndexShouldHold() throws IOException {
        List<Done> done = serve(
                work(Work.Kind.LOAD, new PageChange("a", "one two"), new PageChange("b", "three")),
                work(Work.Kind.REPLAY, new PageChange("a", "four five six"), new PageChange("b", null)));

        assertThat(done).extracting(Done::embedded).containsExactly(3L, 3L);
        assertThat(done).extracting(Done::live).containsExactly(3L, 3L);
        assertThat(done.getFirst().seconds()).isPositive();
    }

    @Test
    void aNewIndexHoldsNothingOfTheOneBefore() throws IOException {
        List<Done> done = serve(
                work(Work.Kind.LOAD, new PageChange("a", "one two")),
                work(Work.Kind.LOAD, new PageChange("b", "three")));

        assertThat(done).extracting(Done::live).containsExactly(2L, 1L);
    }

    @Test
    void everyEmbeddedTextIsWritten() throws IOException {
        Work work = work(Work.Kind.LOAD, new PageChange("a", "one \"two\""));

        serve(work);

        assertThat(Path.of(work.texts())).hasContent("\"one\"\n\"\\\"two\\\"\"");
    }

    @Test
    void aSearchIsAnsweredWithWhatTheToolFoundInItsOrder() throws IOException {
        List<String> answers = answers(new Search(Search.Method.APPROXIMATE, "what is \"it\"?", 7));

        assertThat(tool.calls).containsExactly("search APPROXIMATE 7 what is \"it\"?");
        Found found = JSON.readValue(answers.getFirst(), Found.class);
        assertThat(found.hits()).containsExactly(new Hit("b", 0.5), new Hit("a", 0.75));
        assertThat(found.millis()).isPositive();
    }

    @Test
    void worksAndSearchesAreAnsweredInTurn() throws IOException {
        List<String> answers = answers(
                work(Work.Kind.LOAD, new PageChange("a", "one two")), new Search(Search.Method.EXACT, "one", 1));

        assertThat(JSON.readValue(answers.getFirst(), Done.class).live()).isEqualTo(2);
        assertThat(JSON.readValue(answers.getLast(), Found.class).hits()).hasSize(2);
        assertThat(tool.calls).containsExactly("create index", "add a", "search EXACT 1 one");
    }

    private Work work(Work.Kind kind, PageChange... changes) throws IOException {
        Path file = Files.createTempFile(folder, "changes", ".jsonl");
        StringBuilder lines = new StringBuilder();
        for (PageChange change : changes) {
            lines.append(JSON.writeValueAsString(change)).append('\n');
        }
        Files.writeString(file, lines);
        return new Work("index", kind, file.toString(), 10, file + ".texts");
    }

    private List<Done> serve(Request... requests) throws IOException {
        List<Done> done = new ArrayList<>();
        for (String line : answers(requests)) {
            done.add(JSON.readValue(line, Done.class));
        }
        return done;
    }

    private List<String> answers(Request... requests) throws IOException {
        StringBuilder input = new StringBuilder();
        for (Request request : requests) {
            input.append(JSON.writeValueAsString(request)).append('\n');
        }
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        new WorkBench(tool)
                .serve(
                        new ByteArrayInputStream(input.toString().getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(output, true, StandardCharsets.UTF_8));
        return output.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Cuts at spaces and writes down what it is asked for. */
    private static final class Remembering implements Contender {
        private final List<String> calls = new ArrayList<>();

        @Override
        public void create(String index) {
            calls.add("create " + index);
        }

        @Override
        public void add(List<PageChange> pages) {
            calls.add("add " + ids(pages));
        }

        @Override
        public void remove(List<PageChange> pages) {
            calls.add("remove " + ids(pages));
        }

        @Override
        public List<String> chunks(PageChange page) {
            return List.of(page.text().split(" ", -1));
        }

        @Override
        public List<Hit> search(Search.Method method, String query, int chunks) {
            calls.add("search %s %d %s".formatted(method, chunks, query));
            return List.of(new Hit("b", 0.5), new Hit("a", 0.75));
        }

        @Override
        public void close() {}

        private static String ids(List<PageChange> pages) {
            return String.join(" ", pages.stream().map(PageChange::id).toList());
        }
    }
}
