package dev.freshet.local.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.VersionClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {

    @TempDir
    private Path folder;

    private final Envelopes envelopes = new Envelopes("default", Map.of(), new VersionClock(InstantSource.system()));

    @Test
    void takesWhatCanBeReadByItsPathAndLeavesOutWhatIsHidden() throws Exception {
        write("b.md");
        write("a/deep/c.txt");
        write("a/page.HTML");
        write("a/mail.eml");
        write("paper.pdf");
        write("Main.java");
        write(".git/notes.md");
        Collected collected = Collected.of(FolderSource.of(folder, false, List.of(), envelopes));
        assertThat(collected.operations())
                .containsExactly(
                        "upsert Main.java",
                        "upsert a/deep/c.txt",
                        "upsert a/mail.eml",
                        "upsert a/page.HTML",
                        "upsert b.md",
                        "upsert paper.pdf");
    }

    @Test
    void tellsOfFilesOfUnknownFormatsButNotOfHiddenOnes() throws Exception {
        write("b.md");
        write("sub/archive.zip");
        write("LICENSE");
        write(".DS_Store");
        write(".git/objects/pack");
        FolderSource source = FolderSource.of(folder, false, List.of(), envelopes);
        assertThat(Collected.of(source).operations()).containsExactly("upsert b.md");
        assertThat(source.skipped())
                .isEqualTo(new SkippedFiles(List.of(), List.of(), List.of("LICENSE", "sub/archive.zip")));
        assertThat(source.ids()).containsExactly("b.md");
    }

    @Test
    void imagesAreSentOnlyWhereSomebodyAsksForThemAndNeverTakenForDeleted() throws Exception {
        write("b.md");
        write("scan.TIFF");
        write("logo.png");
        FolderSource without = FolderSource.of(folder, false, List.of("scan.TIFF"), envelopes);
        assertThat(Collected.of(without).operations()).containsExactly("upsert b.md");
        assertThat(without.skipped())
                .isEqualTo(new SkippedFiles(List.of(), List.of("logo.png", "scan.TIFF"), List.of()));
        assertThat(Collected.of(FolderSource.of(folder, true, List.of(), envelopes))
                        .operations())
                .containsExactly("upsert b.md", "upsert logo.png", "upsert scan.TIFF");
        assertThat(Collected.of(FolderSource.of(folder.resolve("logo.png"), false, List.of(), envelopes))
                        .operations())
                .containsExactly("upsert logo.png");
    }

    @Test
    void oneFileGoesByItsName() throws Exception {
        write("sub/paper.pdf");
        Collected collected =
                Collected.of(FolderSource.of(folder.resolve("sub/paper.pdf"), false, List.of(), envelopes));
        assertThat(collected.operations()).containsExactly("upsert paper.pdf");
    }

    @Test
    void deletesKnownDocumentsWhoseFilesAreGone() throws Exception {
        write("stays.md");
        FolderSource source = FolderSource.of(folder, false, List.of("stays.md", "gone.md"), envelopes);
        assertThat(source.expected()).isEqualTo(2);
        assertThat(Collected.of(source).operations()).containsExactly("delete gone.md", "upsert stays.md");
    }

    @Test
    void tellsOfFilesThatAreTooLargeAndDoesNotTakeThemForDeleted() throws Exception {
        write("small.md");
        Files.write(folder.resolve("large.md"), new byte[(int) DocumentFiles.LARGEST + 1]);
        Files.write(folder.resolve("large.pdf"), new byte[(int) DocumentFiles.LARGEST_PACKED + 1]);
        FolderSource source = FolderSource.of(folder, false, List.of("large.md", "large.pdf", "small.md"), envelopes);
        assertThat(Collected.of(source).operations()).containsExactly("upsert small.md");
        assertThat(source.skipped())
                .isEqualTo(new SkippedFiles(List.of("large.md", "large.pdf"), List.of(), List.of()));
    }

    @Test
    void onlyAnotherRunOfTheSameFolderAndTenantKnowsTheDocuments() throws Exception {
        Path home = folder.resolve("home");
        KnownDocuments known = new KnownDocuments(home, folder, "default");
        known.write(List.of("a.md", "b.md"), false);
        known.write(List.of("b.md"), false);
        assertThat(new KnownDocuments(home, folder, "default").read()).containsExactly("a.md", "b.md");
        known.write(List.of("b.md"), true);
        assertThat(known.read()).containsExactly("b.md");
        assertThat(new KnownDocuments(home, folder, "other").read()).isEmpty();
    }

    private void write(String path) throws Exception {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "text");
    }
}
