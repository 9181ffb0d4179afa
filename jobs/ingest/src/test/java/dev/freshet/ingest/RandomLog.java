package dev.freshet.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.RawHeader;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.envelope.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A made-up log, the same for the same seed: documents are written, edited, patched, deleted one by one and by filter, written
 * again, some of it as backfill; some records are malformed, some come twice, and all of them come in another order than they happened. The records of a
 * document share a partition, unless the log is one of a producer that spreads them.
 */
@SuppressWarnings("NullAway") // arrays in compiled records are seen as never null
final class RandomLog {
    private static final long TIME = 1_769_860_800_000L;
    private static final String[] TENANTS = {"acme", "globex"};
    private static final String[] TEAMS = {"platform", "sales", "legal"};
    private static final int TOPICS = 24;
    static final int PARTITIONS = 4;

    private final Random random;
    /** Of its own, so that the log is otherwise the same. */
    private final Random priorities;

    private final boolean filters;
    private final List<RawRecord> records = new ArrayList<>();
    private int version;

    private RandomLog(long seed, boolean filters) {
        this.random = new Random(seed);
        this.priorities = new Random(~seed);
        this.filters = filters;
    }

    /**
     * A log of about so many records about so many documents.
     *
     * @param filters whether there are deletes by filter
     * @param spread whether the records of a document lie in several partitions
     */
    static List<RawRecord> of(long seed, int changes, int documents, boolean filters, boolean spread) {
        RandomLog log = new RandomLog(seed, filters);
        for (int i = 0; i < changes; i++) {
            log.change(documents);
        }
        return log.inDisorder(spread);
    }

    private void change(int documents) {
        version++;
        int document = random.nextInt(documents);
        switch (random.nextInt(24)) {
            case 0 -> add(document, "{\"op\":\"upsert\",".getBytes(StandardCharsets.UTF_8));
            case 1, 2, 3 -> add(document, change("delete", document));
            case 4, 5, 6 -> add(document, patch(document));
            case 7 -> {
                if (filters) {
                    add(null, deleteByFilter());
                } else {
                    add(document, upsert(document));
                }
            }
            case 8 -> add(document, (byte[]) null);
            default -> add(document, upsert(document));
        }
    }

    private ObjectNode change(String operation, int document) {
        return Json.MAPPER
                .createObjectNode()
                .put("op", operation)
                .put("tenant", tenant(document))
                .put("id", "doc-" + document)
                .put("version", version);
    }

    private ObjectNode upsert(int document) {
        ObjectNode json =
                change("upsert", document).put("content_type", "text/markdown").put("content", page());
        if (priorities.nextInt(3) == 0) {
            json.put("priority", "backfill");
        }
        json.set("metadata", metadata(document));
        if (random.nextBoolean()) {
            json.putArray("acl").add("group:" + random.nextInt(3));
        }
        return json;
    }

    private ObjectNode patch(int document) {
        ObjectNode json = change("patch", document);
        boolean metadata = random.nextBoolean();
        if (metadata) {
            json.set("metadata", metadata(document));
        }
        if (!metadata || random.nextBoolean()) {
            json.putArray("acl").add("group:" + random.nextInt(3)).add("user:" + random.nextInt(3));
        }
        return json;
    }

    /** The team of a document never changes: a filter asks for nothing that a patch could have changed before it came. */
    private ObjectNode metadata(int document) {
        return Json.MAPPER
                .createObjectNode()
                .put("team", TEAMS[document % TEAMS.length])
                .put("revision", random.nextInt(5));
    }

    private ObjectNode deleteByFilter() {
        int document = random.nextInt(TENANTS.length * TEAMS.length);
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("op", "delete_by_filter")
                .put("tenant", tenant(document))
                .put("version", version);
        ObjectNode filter = json.putObject("filter").put("id_prefix", "doc-" + random.nextInt(10));
        filter.putObject("metadata").put("team", TEAMS[document % TEAMS.length]);
        return json;
    }

    /** Few distinct sections, so that documents share texts and repeat them, and edits leave most of a page. */
    private String page() {
        StringBuilder text = new StringBuilder();
        int sections = random.nextInt(7);
        for (int i = 0; i < sections; i++) {
            int topic = random.nextInt(TOPICS);
            text.append("## Topic %d%n%n".formatted(topic))
                    .append(("word" + topic + " ").repeat(25))
                    .append("\n\n");
        }
        return text.toString();
    }

    private static String tenant(int document) {
        return TENANTS[document % TENANTS.length];
    }

    private void add(@Nullable Integer document, @Nullable ObjectNode json) {
        add(document, json == null ? null : Json.bytes(json));
    }

    private void add(@Nullable Integer document, byte @Nullable [] value) {
        byte[] key = document == null ? null : (tenant(document) + "/doc-" + document).getBytes(StandardCharsets.UTF_8);
        // A record without value has its version here, or its offset would be one.
        RawHeader header = new RawHeader("version", Integer.toString(version).getBytes(StandardCharsets.UTF_8));
        records.add(new RawRecord(new SourcePosition("documents", 0, 0), TIME, key, value, List.of(header)));
    }

    private List<RawRecord> inDisorder(boolean spread) {
        int once = records.size();
        for (int i = 0; i < once / 6; i++) {
            records.add(records.get(random.nextInt(once)));
        }
        Collections.shuffle(records, random);
        List<RawRecord> log = new ArrayList<>();
        long[] next = new long[PARTITIONS];
        for (RawRecord record : records) {
            int partition =
                    spread ? random.nextInt(PARTITIONS) : Math.floorMod(Arrays.hashCode(record.key()), PARTITIONS);
            SourcePosition position = new SourcePosition("documents", partition, next[partition]++);
            log.add(new RawRecord(position, TIME, record.key(), record.value(), record.headers()));
        }
        return log;
    }
}
