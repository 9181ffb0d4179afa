package dev.freshet.bench.contender;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Does what standard input asks for with one tool, and says on standard output what it took. */
public final class WorkBench {
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true);

    private final Contender contender;
    /** How many chunks every page of the index should have. */
    private final Map<String, Integer> live = new HashMap<>();

    WorkBench(Contender contender) {
        this.contender = contender;
    }

    /** Works until standard input ends. Whatever the tool itself prints goes to standard error. */
    public static void serve(Contender contender) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        new WorkBench(contender).serve(System.in, answers);
    }

    void serve(InputStream requests, PrintStream answers) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(requests, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Object answer = switch (JSON.readValue(line, Request.class)) {
                case Work work -> work(work);
                case Search search -> search(search);
            };
            answers.println(JSON.writeValueAsString(answer));
            answers.flush();
        }
    }

    /** Measured here: what the tool has to do, and nothing of what it takes to ask it. */
    private Found search(Search search) {
        long start = System.nanoTime();
        List<Hit> hits = contender.search(search.method(), search.query(), search.chunks());
        return new Found((System.nanoTime() - start) / 1e6, hits);
    }

    private Done work(Work work) throws IOException {
        List<PageChange> changes = changes(Path.of(work.changes()));
        if (work.kind() == Work.Kind.LOAD) {
            contender.create(work.index());
            live.clear();
        }
        List<List<PageChange>> batches = Batches.of(changes, work.batch());
        long start = System.nanoTime();
        for (List<PageChange> batch : batches) {
            work(work.kind(), batch);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long embedded = account(changes, Path.of(work.texts()));
        return new Done(
                seconds,
                embedded,
                live.values().stream().mapToLong(Integer::longValue).sum());
    }

    /** Without a record of what was stored, nobody knows which pages the index has: all of them are removed first. */
    private void work(Work.Kind kind, List<PageChange> batch) {
        if (kind == Work.Kind.REPLAY) {
            contender.remove(batch);
        }
        List<PageChange> texts = batch.stream().filter(PageChange::hasText).toList();
        if (!texts.isEmpty()) {
            contender.add(texts);
        }
    }

    /** Cuts the texts once more, not measured, for those that were embedded. */
    private long account(List<PageChange> changes, Path file) throws IOException {
        long embedded = 0;
        try (BufferedWriter texts = Files.newBufferedWriter(file)) {
            for (PageChange change : changes) {
                if (!change.hasText()) {
                    live.remove(change.id());
                    continue;
                }
                List<String> chunks = contender.chunks(change);
                live.put(change.id(), chunks.size());
                embedded += chunks.size();
                for (String chunk : chunks) {
                    texts.write(JSON.writeValueAsString(chunk));
                    texts.newLine();
                }
            }
        }
        return embedded;
    }

    private static List<PageChange> changes(Path file) {
        List<PageChange> changes = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                changes.add(JSON.readValue(line, PageChange.class));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the changes in " + file, e);
        }
        return changes;
    }
}
