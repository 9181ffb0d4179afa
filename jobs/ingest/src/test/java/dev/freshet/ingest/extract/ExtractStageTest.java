package dev.freshet.ingest.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.extract.ExtractOutcome;
import dev.freshet.core.extract.ExtractOutcome.Extracted;
import dev.freshet.core.extract.ExtractOutcome.Refused;
import dev.freshet.core.extract.ForeignContent;
import dev.freshet.core.extract.TextExtractor;
import dev.freshet.ingest.deadletter.ChangeOrLetter;
import dev.freshet.ingest.deadletter.DeadLetters;
import dev.freshet.ingest.deadletter.LettersApart;
import dev.freshet.ingest.deadletter.PendingResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.MockStreamingRuntimeContext;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExtractStageTest {
    private static final DocumentKey KEY = new DocumentKey("acme", "folder/a.pdf");
    private static final RawRecord RAW = new RawRecord(
            new SourcePosition("documents", 0, 17),
            0,
            KEY.path().getBytes(StandardCharsets.UTF_8),
            "{the record}".getBytes(StandardCharsets.UTF_8),
            List.of());

    private ExtractOutcome answer = new Extracted("# Text", "text/markdown", "Title of the file");
    private @Nullable ForeignContent asked;

    @Test
    void whatHasItsTextPassesAsItIs() throws Exception {
        DocumentChange text =
                DocumentChange.upsert(KEY, new ChangeOrder(0, 1), Instant.EPOCH, fields(null), "text", RAW);

        assertThat(Objects.requireNonNull(after(text).change())).isSameAs(text);
        assertThat(asked).isNull();
    }

    @Test
    void contentGetsItsTextItsTypeAndItsTitle() throws Exception {
        assertThat(Objects.requireNonNull(after(change(null)).change())).satisfies(change -> {
            assertThat(change.text()).isEqualTo("# Text");
            assertThat(change.content()).isNull();
            assertThat(change.fields())
                    .isEqualTo(new DocumentFields("Title of the file", null, "text/markdown", "{}", List.of("*")));
        });
        assertThat(Objects.requireNonNull(asked)).satisfies(content -> {
            assertThat(content.bytes()).containsExactly(1, 2, 3);
            assertThat(content.contentType()).isEqualTo("application/pdf");
            assertThat(content.name()).isEqualTo("folder/a.pdf");
        });
    }

    @Test
    void theTitleOfTheChangeCountsMore() throws Exception {
        assertThat(Objects.requireNonNull(after(change("Title of the change")).change())
                        .fields())
                .isNotNull()
                .extracting(DocumentFields::title)
                .isEqualTo("Title of the change");
    }

    @Test
    void textInAnotherCharsetHasItsFrontMatterToo() throws Exception {
        answer = new Extracted("---\ntitle: From the page\n---\ntext", "text/markdown", null);

        assertThat(Objects.requireNonNull(after(change(null)).change()).fields())
                .isNotNull()
                .extracting(DocumentFields::title)
                .isEqualTo("From the page");
    }

    @Test
    void whatHasNoTextBecomesADeadLetterWithItsRecord() throws Exception {
        answer = new Refused("encrypted", "the file is protected by a password");

        DeadLetter letter = Objects.requireNonNull(after(change(null)).refused());

        assertThat(letter.stage()).isEqualTo("extract");
        assertThat(letter.reason()).isEqualTo("encrypted");
        assertThat(letter.scope()).isEqualTo(DeadLetter.Scope.RECORD);
        assertThat(letter.origin()).isEqualTo(RAW.position());
        assertThat(letter.documentId()).isEqualTo(KEY.id());
        assertThat(letter.value()).isEqualTo(RAW.value());
    }

    @Test
    void deadLettersAndChangesGoTheirWays() throws Exception {
        try (var harness = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new LettersApart()))) {
            harness.open();
            harness.processElement(new ChangeOrLetter(change(null), null), 0);
            harness.processElement(
                    new ChangeOrLetter(null, DeadLetter.ofRecord(RAW, KEY, "extract", "encrypted", "", Instant.EPOCH)),
                    0);

            assertThat(harness.extractOutputValues())
                    .extracting(DocumentChange::documentId)
                    .containsExactly("folder/a.pdf");
            assertThat(harness.getSideOutput(DeadLetters.TAG))
                    .extracting(
                            element -> element.getValue().reason(),
                            element -> element.getValue().stage())
                    .containsExactly(tuple("encrypted", "extract"));
        }
    }

    private static DocumentFields fields(@Nullable String title) {
        return new DocumentFields(title, null, "application/pdf", "{}", List.of());
    }

    private static DocumentChange change(@Nullable String title) {
        return DocumentChange.upsert(
                KEY, new ChangeOrder(0, 1), Instant.EPOCH, fields(title), new byte[] {1, 2, 3}, RAW);
    }

    private ChangeOrLetter after(DocumentChange change) throws Exception {
        ExtractStage stage = new ExtractStage(() -> new TextExtractor() {
            @Override
            public CompletableFuture<ExtractOutcome> extract(ForeignContent content) {
                asked = content;
                return CompletableFuture.completedFuture(answer);
            }

            @Override
            public void close() {}
        });
        stage.setRuntimeContext(new MockStreamingRuntimeContext(1, 0));
        stage.open(new OpenContext() {});
        PendingResult result = new PendingResult();
        stage.asyncInvoke(change, result);
        stage.close();
        return result.done().get(30, TimeUnit.SECONDS);
    }
}
