package dev.freshet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.bench.contender.PageChange;
import dev.freshet.core.envelope.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * A stretch of the edit history of some of the pages, those whose keys come first: which those are has nothing to do with what became of them.
 *
 * @param pages as they were at its beginning
 * @param changes that followed, in their order, of these pages and of those that came later
 */
record HistorySlice(List<PageChange> pages, List<PageChange> changes) {
    /** Not less than any key. */
    private static final String LAST_OF_ALL = "g";

    /**
     * Reads a stretch.
     *
     * @param from how many changes of the history come before
     * @param mostPages of those that were there then; of later ones the same share is taken
     * @param mostChanges less where the history ends before
     */
    static HistorySlice of(Path history, int from, int mostPages, int mostChanges) throws IOException {
        Map<String, PageChange> live = new LinkedHashMap<>();
        List<PageChange> changes = new ArrayList<>();
        List<PageChange> pages = List.of();
        String lastKey = "";
        int read = 0;
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(history)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine();
                    line != null && changes.size() < mostChanges;
                    line = lines.readLine()) {
                PageChange change = change(Json.MAPPER.readTree(line));
                if (read == from) {
                    pages = live.values().stream()
                            .sorted(Comparator.comparing(PageChange::key))
                            .limit(mostPages)
                            .toList();
                    lastKey = pages.size() < live.size() ? pages.getLast().key() : LAST_OF_ALL;
                }
                if (read < from) {
                    follow(live, change);
                } else if (change.key().compareTo(lastKey) <= 0) {
                    changes.add(change);
                }
                read++;
            }
        }
        return new HistorySlice(pages, List.copyOf(changes));
    }

    /** How many changes there are of which kind, in words. */
    String kinds() {
        Set<String> live = new HashSet<>(pages.stream().map(PageChange::id).toList());
        int added = 0;
        int edited = 0;
        int deleted = 0;
        for (PageChange change : changes) {
            if (change.isDeletion()) {
                live.remove(change.id());
                deleted++;
            } else if (live.add(change.id())) {
                added++;
            } else {
                edited++;
            }
        }
        return String.format(Locale.ROOT, "%,d edits, %,d new pages, %,d deletions", edited, added, deleted);
    }

    private static void follow(Map<String, PageChange> live, PageChange change) {
        if (change.isDeletion()) {
            live.remove(change.id());
        } else {
            live.put(change.id(), change);
        }
    }

    private static PageChange change(JsonNode line) {
        JsonNode content = line.path("content");
        return new PageChange(line.required("id").textValue(), content.isTextual() ? content.textValue() : null);
    }
}
