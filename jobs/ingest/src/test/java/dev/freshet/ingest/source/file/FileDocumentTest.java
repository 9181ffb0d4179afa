package dev.freshet.ingest.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.envelope.ChangeReader;
import dev.freshet.core.envelope.EnvelopeOutcome;
import dev.freshet.core.envelope.EnvelopeOutcome.Refused;
import dev.freshet.core.envelope.EnvelopeOutcome.Understood;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileDocumentTest {
    private static final int LARGEST = 2_000;
    private static final long MODIFIED = 1_700_000_000_123L;
    private static final String PATH = "file:/data/wiki/guides/restart.md";

    @Test
    void aFileIsAnUpsertAsOldAsItsLastChange() {
        DocumentChange change = understood(read("guides/restart.md", utf8("# Restarting\n\n\"quoted\" é")));

        assertThat(change.tenant()).isEqualTo("acme");
        assertThat(change.documentId()).isEqualTo("guides/restart.md");
        assertThat(change.text()).isEqualTo("# Restarting\n\n\"quoted\" é");
        assertThat(change.version()).isEqualTo(MODIFIED);
        assertThat(change.eventTime()).isEqualTo(Instant.ofEpochMilli(MODIFIED));
        assertThat(change.fields()).isNotNull().extracting(DocumentFields::uri).isEqualTo(PATH);
        assertThat(change.position().topic()).isEqualTo(PATH);
    }

    @ParameterizedTest
    @CsvSource({
        "a.md,text/markdown",
        "A.MARKDOWN,text/markdown",
        "a.html,text/html",
        "a.htm,text/html",
        "a.txt,text/plain",
        "a.rst,text/plain",
        "folder.md/readme,text/plain"
    })
    void theContentTypeFollowsTheEndingOfTheName(String id, String contentType) {
        assertThat(new String(read(id, utf8("text")).value(), StandardCharsets.UTF_8))
                .contains("\"content_type\":\"" + contentType + "\"");
    }

    @ParameterizedTest
    @CsvSource({"a.pdf,application/pdf", "a.txt,text/plain", "a.md,text/markdown"})
    void bytesOfAKnownTypeAreLeftToTheExtractor(String id, String contentType) {
        byte[] content = {'%', 'P', 'D', 'F', '-', (byte) 0xFF};

        DocumentChange change = understood(read(id, content));

        assertThat(change.content()).isEqualTo(content);
        assertThat(change.text()).isNull();
        assertThat(change.fields())
                .isNotNull()
                .extracting(DocumentFields::contentType)
                .isEqualTo(contentType);
    }

    @Test
    void bytesThatAreNoTextAreRefusedAndTheDeadLetterKnowsTheDocument() {
        byte[] image = {(byte) 0x89, 'P', 'N', 'G', (byte) 0xFF};
        RawRecord record = read("image.webp", image);

        assertThat(record.value()).isEqualTo(image);
        assertThat(refused(record).reason()).isEqualTo("not_utf8");
        assertThat(refused(record).key()).isEqualTo(new DocumentKey("acme", "image.webp"));
    }

    @Test
    void aFileThatIsTooLargeIsRefused() {
        assertThat(refused(read("a.txt", utf8("x".repeat(LARGEST + 1)))).reason())
                .isEqualTo("record_too_large");
    }

    @ParameterizedTest
    @CsvSource({"-1,0", "0,0", "9223372036854775807,9007199254740991"})
    void aTimeThatIsNoVersionBecomesTheNearestThatIs(long modified, long version) {
        RawRecord record = new FileDocument("acme", "a.md", PATH, modified).record(utf8("text"), LARGEST + 1);

        assertThat(new String(record.value(), StandardCharsets.UTF_8)).contains("\"version\":" + version + ",");
    }

    @ParameterizedTest
    @CsvSource({
        "/data/wiki,/data/wiki/guides/a.md,guides/a.md",
        "/data/wiki/,/data/wiki/a.md,a.md",
        "/data/wiki/a.md,/data/wiki/a.md,a.md",
        "/,/a.md,a.md"
    })
    void theIdIsThePathWithinTheLocation(String location, String file, String id) {
        assertThat(FileDocument.idOf(location, file)).isEqualTo(id);
    }

    private static RawRecord read(String id, byte[] content) {
        return new FileDocument("acme", id, PATH, MODIFIED).record(content, LARGEST + 1);
    }

    private static DocumentChange understood(RawRecord record) {
        return ((Understood) outcome(record)).change();
    }

    private static Refused refused(RawRecord record) {
        return (Refused) outcome(record);
    }

    private static EnvelopeOutcome outcome(RawRecord record) {
        return new ChangeReader(LARGEST).read(record);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
