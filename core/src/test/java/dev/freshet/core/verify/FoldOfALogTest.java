package dev.freshet.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whatever order the changes come in, the fold is what taking them one after the other in their order gives. */
class FoldOfALogTest {
    private static final List<String> VALUES = List.of("x", "y");

    /** A change as the property makes it; the value goes into metadata and text. */
    record Made(int operation, long version, String value, boolean metadata, boolean acl) {}

    /** A document while changes are taken one after the other. */
    record Live(long fence, DocumentFields fields, String text) {}

    @Property(tries = 2_000)
    void isThatOfTakingTheChangesInOrder(@ForAll("logs") List<Made> made) throws IOException {
        Log log = new Log();
        made.forEach(change -> add(log, change));
        Path folder = Files.createTempDirectory("verify");
        MadeIndex index = new MadeIndex();
        Live live = inOrder(log.changes());
        if (live != null) {
            index.put(Log.key("a"), live.fence(), live.fields(), live.text());
        }
        List<Difference> differences = new ArrayList<>();
        try (Verification verification = new Verification(folder, MadeIndex.CHUNKER, 1 << 20, 1)) {
            for (DocumentChange change : log.changes()) {
                verification.change(change);
            }
            index.scan(verification, null);
            verification.compare((partition, offset) -> false, key -> true, differences::add);
        }
        Files.delete(folder);

        assertThat(differences).isEmpty();
    }

    private static void add(Log log, Made made) {
        String metadata = "{\"v\":\"" + made.value() + "\"}";
        switch (made.operation()) {
            case 0, 1 -> log.upsert("a", made.version(), Log.fields(metadata, made.value()), "Says " + made.value());
            case 2, 3 ->
                log.patch(
                        "a",
                        made.version(),
                        made.metadata() ? metadata : null,
                        made.acl() || !made.metadata() ? List.of(made.value()) : null);
            case 4 -> log.delete("a", made.version());
            default -> log.deleteByFilter(made.version(), List.of("v=" + made.value()), made.acl() ? "a" : null);
        }
    }

    /** The slow and obvious way. */
    private static @Nullable Live inOrder(List<DocumentChange> log) {
        TreeMap<Long, List<DocumentChange>> byOrder = new TreeMap<>();
        log.forEach(change -> byOrder.computeIfAbsent(change.version(), version -> new ArrayList<>())
                .add(change));
        Live live = null;
        for (List<DocumentChange> together : byOrder.values()) {
            // The sort keeps the order of the log among equals.
            together.sort(Comparator.comparing(change -> change.operation() != Operation.DELETE_BY_FILTER));
            List<DocumentChange> standing = new ArrayList<>();
            for (DocumentChange change : together) {
                if (standing.stream().allMatch(other -> goTogether(other, change))) {
                    standing.add(change);
                    live = after(change, live);
                }
            }
        }
        return live;
    }

    private static boolean goTogether(DocumentChange first, DocumentChange second) {
        if (first.operation() == Operation.DELETE_BY_FILTER) {
            return true;
        }
        if (first.patch() == null || second.patch() == null) {
            return false;
        }
        return agree(first.patch().metadata(), second.patch().metadata())
                && agree(first.patch().acl(), second.patch().acl());
    }

    private static boolean agree(@Nullable Object first, @Nullable Object second) {
        return first == null || second == null || first.equals(second);
    }

    private static @Nullable Live after(DocumentChange change, @Nullable Live live) {
        return switch (change.operation()) {
            case UPSERT ->
                new Live(
                        change.version(),
                        Objects.requireNonNull(change.fields()),
                        Objects.requireNonNull(change.text()));
            case DELETE -> null;
            case PATCH -> live == null ? null : patched(change, live);
            case DELETE_BY_FILTER -> {
                String value = Objects.requireNonNull(change.filter())
                        .facets()
                        .getFirst()
                        .substring("v=".length());
                yield live != null && live.fields().metadata().contains("\"" + value + "\"") ? null : live;
            }
        };
    }

    private static Live patched(DocumentChange change, Live live) {
        var patch = Objects.requireNonNull(change.patch());
        DocumentFields before = live.fields();
        return new Live(
                change.version(),
                new DocumentFields(
                        before.title(),
                        before.uri(),
                        before.contentType(),
                        patch.metadata() == null ? before.metadata() : patch.metadata(),
                        patch.acl() == null ? before.acl() : patch.acl()),
                live.text());
    }

    @Provide
    Arbitrary<List<Made>> logs() {
        Arbitrary<Made> change = Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.longs().between(0, 4),
                        Arbitraries.of(VALUES),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(Made::new);
        return change.list().ofMaxSize(12);
    }
}
