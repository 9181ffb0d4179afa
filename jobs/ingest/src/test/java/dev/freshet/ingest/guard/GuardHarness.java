package dev.freshet.ingest.guard;

import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.control.ControlCommand.Kind;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentFilter;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.FieldsPatch;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.ingest.deadletter.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The guard with the stage before it, as one operator: changes and commands in, what became of them out. */
final class GuardHarness implements AutoCloseable {
    static final Duration TTL = Duration.ofDays(30);
    static final Duration WINDOW = Duration.ofMinutes(10);
    static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    private static final String TENANT = "acme";

    private final FacetsStage facets = new FacetsStage();
    private final GuardStage stage;
    private final KeyedTwoInputStreamOperatorTestHarness<String, GuardEvent, ControlCommand, DocumentChange> guard;
    private long offset;
    private int commands;
    private int taken;

    private GuardHarness(GuardLimits limits, StateBackend backend, @Nullable OperatorSubtaskState snapshot)
            throws Exception {
        stage = new GuardStage(limits, TTL);
        guard = new KeyedTwoInputStreamOperatorTestHarness<>(
                new KeyedCoProcessOperator<>(stage),
                GuardEvent::tenant,
                command -> Objects.requireNonNullElse(command.tenant(), ""),
                Types.STRING);
        guard.setStateBackend(backend);
        if (snapshot != null) {
            guard.initializeState(snapshot);
        }
        guard.open();
    }

    /** Holds back what costs more than so many documents and more than half of them. */
    static GuardHarness holdingBackOver(long documents) throws Exception {
        return holdingBackOver(documents, new HashMapStateBackend());
    }

    static GuardHarness holdingBackOver(long documents, StateBackend backend) throws Exception {
        return new GuardHarness(new GuardLimits(documents, 50, WINDOW), backend, null);
    }

    static GuardHarness restored(long documents, OperatorSubtaskState snapshot) throws Exception {
        return new GuardHarness(new GuardLimits(documents, 50, WINDOW), new HashMapStateBackend(), snapshot);
    }

    void upsert(String id, long version) throws Exception {
        upsert(id, version, "{}");
    }

    void upsert(String id, long version, String metadata) throws Exception {
        DocumentFields fields = new DocumentFields(null, null, "text/plain", metadata, List.of());
        read(DocumentChange.upsert(key(id), order(version), TIME, fields, "text of " + id, raw()));
    }

    void upserts(int from, int to, long version) throws Exception {
        for (int i = from; i < to; i++) {
            upsert("doc-" + i, version);
        }
    }

    void patch(String id, long version, String metadata) throws Exception {
        read(DocumentChange.patch(key(id), order(version), TIME, new FieldsPatch(metadata, null), raw()));
    }

    void delete(String id, long version) throws Exception {
        read(DocumentChange.delete(key(id), order(version), TIME, raw()));
    }

    void deletes(int from, int to, long version) throws Exception {
        for (int i = from; i < to; i++) {
            delete("doc-" + i, version);
        }
    }

    void deleteByFilter(long version, @Nullable String idPrefix, String... facets) throws Exception {
        DocumentFilter filter = new DocumentFilter(List.of(facets), idPrefix);
        read(DocumentChange.deleteByFilter(TENANT, order(version), TIME, filter, raw()));
    }

    void read(DocumentChange change) throws Exception {
        guard.processElement1(new StreamRecord<>(facets.map(change)));
    }

    void approve() throws Exception {
        command(Kind.APPROVE, "command-" + commands++, TENANT);
    }

    void discard() throws Exception {
        command(Kind.DISCARD, "command-" + commands++, TENANT);
    }

    void command(Kind kind, String id, @Nullable String ofTenant) throws Exception {
        guard.processElement2(new StreamRecord<>(new ControlCommand(kind, id, TIME, ofTenant, List.of())));
    }

    void waitFor(Duration time) throws Exception {
        guard.setProcessingTime(guard.getProcessingTime() + time.toMillis());
        guard.setStateTtlProcessingTime(guard.getProcessingTime());
    }

    /** The deletes that went on since the last call, as {@code id@version}. */
    List<String> deleted() {
        List<DocumentChange> all = guard.extractOutputValues();
        List<String> next = all.subList(taken, all.size()).stream()
                .filter(change -> change.operation() == Operation.DELETE)
                .map(delete -> delete.documentId() + "@" + delete.version())
                .toList();
        taken = all.size();
        return next;
    }

    List<DocumentChange> allDeletes() {
        return guard.extractOutputValues().stream()
                .filter(change -> change.operation() == Operation.DELETE)
                .toList();
    }

    /** The upserts and patches, and the deletes, in the order in which they went on. */
    List<DocumentChange> passed() {
        return guard.extractOutputValues();
    }

    List<ChangeReceipt> receipts() {
        return values(guard.getSideOutput(GuardStage.RECEIPTS));
    }

    List<Long> parkedOffsets() {
        return values(guard.getSideOutput(GuardStage.PARKED)).stream()
                .map(SourcePosition::offset)
                .toList();
    }

    List<DeadLetter> deadLetters() {
        return values(guard.getSideOutput(DeadLetters.TAG));
    }

    OperatorSubtaskState snapshot() throws Exception {
        return guard.snapshot(1, 1);
    }

    /** What the gauge of parked records says. */
    long parked() {
        return stage.parkedHere();
    }

    static DocumentChange deleteOf(String ofTenant, String id, long version) {
        RawRecord raw = new RawRecord(new SourcePosition("documents", 1, 0), 0, new byte[0], new byte[0], List.of());
        return DocumentChange.delete(new DocumentKey(ofTenant, id), order(version), TIME, raw);
    }

    static DocumentKey key(String id) {
        return new DocumentKey(TENANT, id);
    }

    static ChangeOrder order(long version) {
        return new ChangeOrder(0, version);
    }

    private RawRecord raw() {
        return raw(new byte[] {1, 2, 3});
    }

    RawRecord raw(byte[] value) {
        SourcePosition position = new SourcePosition("documents", 0, offset++);
        return new RawRecord(position, 0, "key".getBytes(StandardCharsets.UTF_8), value, List.of());
    }

    private static <T> List<T> values(@Nullable Iterable<StreamRecord<T>> records) {
        List<T> values = new ArrayList<>();
        if (records != null) {
            records.forEach(streamRecord -> values.add(streamRecord.getValue()));
        }
        return values;
    }

    @Override
    public void close() throws Exception {
        guard.close();
    }
}
