package dev.freshet.ingest.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.ingest.deadletter.ChangeOrLetter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchFilesTest {
    /** Of {@code printf text | sha256sum}. */
    private static final String SHA_256 = "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1";

    @TempDir
    Path folder;

    private Path allowed;
    private Path secret;
    private Fetching fetching;

    @BeforeEach
    void open() throws Exception {
        allowed = Files.createDirectory(folder.resolve("allowed"));
        secret =
                Files.writeString(Files.createDirectory(folder.resolve("other")).resolve("secret.md"), "secret");
        fetching = Fetching.allowing(allowed.toUri().toString());
    }

    @AfterEach
    void close() {
        fetching.close();
    }

    @Test
    void aChangeThatRefersToNothingGoesOnAsItIs() throws Exception {
        DocumentChange delete = DocumentChange.delete(Fetching.KEY, new ChangeOrder(0, 1), Instant.EPOCH, Fetching.RAW);

        assertThat(fetching.begin(delete)).isCompletedWithValue(new ChangeOrLetter(delete, null));
    }

    @Test
    void theTextIsThatOfTheFileInItsCanonicalForm() throws Exception {
        Path file = Files.writeString(allowed.resolve("a b.md"), "\uFEFF# Cafe\u0301\r\n");

        DocumentChange change = fetching.read(file.toUri().toString());

        assertThat(change.text()).isEqualTo("# Caf\u00e9\n");
        assertThat(change.reference()).isNull();
    }

    @Test
    void aFileOutsideOfTheAllowedFolderIsRefusedWithTheWholeRecord() throws Exception {
        DeadLetter letter = fetching.deadLetter(secret.toUri().toString());

        assertThat(letter.reason()).isEqualTo("reference_not_allowed");
        assertThat(letter.scope()).isEqualTo(DeadLetter.Scope.RECORD);
        assertThat(letter.stage()).isEqualTo("fetch");
        assertThat(letter.attempts()).isEqualTo(1);
        assertThat(letter.origin()).isEqualTo(Fetching.RAW.position());
        assertThat(letter.key()).isEqualTo(Fetching.RAW.key());
        assertThat(letter.value()).isEqualTo(Fetching.RAW.value());
        assertThat(letter.tenant()).isEqualTo("acme");
        assertThat(letter.documentId()).isEqualTo("a");
    }

    @Test
    void aLinkOutOfTheAllowedFolderIsRefused() throws Exception {
        Path link = Files.createSymbolicLink(allowed.resolve("link.md"), secret);
        Path folderLink = Files.createSymbolicLink(allowed.resolve("folder"), secret.getParent());

        assertThat(fetching.deadLetter(link.toUri().toString()).reason()).isEqualTo("reference_not_allowed");
        assertThat(fetching.deadLetter(folderLink.resolve("secret.md").toUri().toString())
                        .reason())
                .isEqualTo("reference_not_allowed");
    }

    @Test
    void aLinkWithinTheAllowedFolderIsFollowedAndTheFolderMayBeALink() throws Exception {
        Files.writeString(allowed.resolve("a.md"), "text");
        Files.createSymbolicLink(allowed.resolve("link.md"), allowed.resolve("a.md"));
        Path alias = Files.createSymbolicLink(folder.resolve("alias"), allowed);

        try (Fetching throughAlias = Fetching.allowing("file:" + alias + "/")) {
            assertThat(throughAlias.outcome("file:" + alias + "/link.md", null)).isEqualTo("text");
        }
    }

    @ParameterizedTest
    @CsvSource({"nothing.md", "a.md/nothing.md", "folder"})
    void whatIsNoFileIsNotFoundAtOnce(String name) throws Exception {
        Files.writeString(allowed.resolve("a.md"), "text");
        Files.createDirectory(allowed.resolve("folder"));

        DeadLetter letter = fetching.deadLetter("file:" + allowed + "/" + name);

        assertThat(letter.reason()).isEqualTo("content_not_found");
        assertThat(letter.attempts()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        SHA_256 + ",text",
        "982D9E3EB996F559E633F4D194DEF3761D909F5A3B647D1A851FEAD67C32C9D1,text",
        "00,checksum_mismatch"
    })
    void theBytesMustHaveTheirChecksum(String sha256, String outcome) throws Exception {
        Path file = Files.writeString(allowed.resolve("a.md"), "text");

        assertThat(fetching.outcome(file.toUri().toString(), sha256)).isEqualTo(outcome);
    }

    @Test
    void bytesThatAreNotInTheirCharsetAreRefused() throws Exception {
        byte[] bytes = {'a', (byte) 0xC0, (byte) 0xAF};
        Path file = Files.write(allowed.resolve("a.md"), bytes);

        assertThat(Objects.requireNonNull(fetching.fetch(file.toUri().toString(), "text/plain; charset=utf-8")
                                .refused())
                        .reason())
                .isEqualTo("not_utf8");
    }

    @Test
    void bytesThatAreNoTextAsTheyAreGoOn() throws Exception {
        byte[] bytes = {'a', (byte) 0xC0, (byte) 0xAF};
        Path file = Files.write(allowed.resolve("a.md"), bytes);

        assertThat(fetching.read(file.toUri().toString())).satisfies(change -> {
            assertThat(change.content()).isEqualTo(bytes);
            assertThat(change.text()).isNull();
            assertThat(change.reference()).isNull();
        });
    }

    @Test
    void contentIsReadUpToTheLargest() throws Exception {
        for (int bytes : new int[] {0, 9_999, 10_000}) {
            Path file = Files.writeString(allowed.resolve("a.md"), "x".repeat(bytes));

            assertThat(fetching.read(file.toUri().toString()).text()).hasSize(bytes);
        }
        Path file = Files.writeString(allowed.resolve("a.md"), "x".repeat(10_001));

        assertThat(fetching.deadLetter(file.toUri().toString()).reason()).isEqualTo("content_too_large");
    }

    @Test
    void aStoreIsReadThroughFlinksFileSystem() throws Exception {
        Path file = Files.writeString(allowed.resolve("a b.md"), "text");
        StoreContent store = new StoreContent(Fetching.LARGEST);

        assertThat(store.read(ContentUri.parse(file.toUri().toString())))
                .isInstanceOfSatisfying(
                        ContentOutcome.Content.class,
                        content -> assertThat(content.bytes()).asString().isEqualTo("text"));
        assertThat(store.read(ContentUri.parse("file:" + allowed + "/nothing")))
                .isInstanceOfSatisfying(
                        ContentOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("content_not_found"));
    }

    @Test
    void aStoreThatFlinkDoesNotKnowFailsTheJobAndSaysWhatToDo() {
        assertThatThrownBy(() -> Fetching.allowing("s3://bucket/")).hasMessageContainingAll("s3://bucket/", "plugins/");
    }
}
