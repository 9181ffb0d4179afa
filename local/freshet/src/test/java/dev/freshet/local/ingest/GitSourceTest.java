package dev.freshet.local.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.MergeCommand.FastForwardMode;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSourceTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private int commits;

    @Test
    void theMainLineOfTheHistoryBecomesChangesOldestFirst() throws Exception {
        try (Git git = repository()) {
            write("a.md", "one");
            write("code.java", "class A {}");
            write("data.bin", "none");
            commit(git);
            write("a.md", "two");
            write("sub/b.txt", "text");
            commit(git);
            Files.move(folder.resolve("a.md"), folder.resolve("c.md"));
            commit(git);
        }
        Collected collected = Collected.of(source());
        assertThat(collected.operations())
                .containsExactly(
                        "upsert a.md",
                        "upsert code.java",
                        "upsert a.md",
                        "upsert sub/b.txt",
                        "delete a.md",
                        "upsert c.md");
        assertThat(collected.envelopes().getFirst().path("event_time").asText()).isEqualTo(START.toString());
    }

    @Test
    void filesOfUnknownFormatsAreNamedOnceHoweverOftenTheyChange() throws Exception {
        try (Git git = repository()) {
            write("a.md", "one");
            write("data.bin", "one");
            write(".gitignore", "target");
            commit(git);
            write("data.bin", "two");
            commit(git);
        }
        GitSource source = source();
        assertThat(Collected.of(source).operations()).containsExactly("upsert a.md");
        assertThat(source.skipped()).isEqualTo(new SkippedFiles(List.of(), List.of(), List.of("data.bin")));
    }

    @Test
    void imagesAreChangesOnlyWhereSomebodyAsksForThem() throws Exception {
        try (Git git = repository()) {
            write("scan.png", "one");
            commit(git);
            write("a.md", "one");
            Files.delete(folder.resolve("scan.png"));
            commit(git);
        }
        GitSource without = source();
        assertThat(Collected.of(without).operations()).containsExactly("upsert a.md");
        assertThat(without.skipped().images()).containsExactly("scan.png");
        assertThat(Collected.of(new GitSource(folder, true, "default", Map.of(), false))
                        .operations())
                .containsExactly("upsert scan.png", "upsert a.md", "delete scan.png");
    }

    @Test
    void aMergeCountsAsOneStepOfTheMainLine() throws Exception {
        try (Git git = repository()) {
            write("a.md", "one");
            commit(git);
            git.checkout().setCreateBranch(true).setName("side").call();
            write("b.md", "draft");
            commit(git);
            write("b.md", "final");
            commit(git);
            git.checkout().setName("main").call();
            write("c.md", "meanwhile");
            commit(git);
            git.merge()
                    .include(git.getRepository().resolve("side"))
                    .setFastForward(FastForwardMode.NO_FF)
                    .setMessage("merge")
                    .call();
        }
        Collected collected = Collected.of(source());
        assertThat(collected.operations()).containsExactly("upsert a.md", "upsert c.md", "upsert b.md");
        assertThat(collected.envelopes().getLast().path("content").asText()).isEqualTo("final");
    }

    @Test
    void theSameHistoryAlwaysHasTheSameIncreasingVersions() throws Exception {
        try (Git git = repository()) {
            write("a.md", "one");
            write("b.md", "one");
            commit(git);
            write("a.md", "two");
            commit(git);
        }
        assertThat(Collected.of(source()).versions())
                .isEqualTo(Collected.of(source()).versions())
                .isSorted()
                .doesNotHaveDuplicates()
                .first()
                .isEqualTo(START.getEpochSecond() * 1_000_000);
    }

    @Test
    void aFolderWithoutARepositoryIsAnError() {
        assertThatThrownBy(() -> Collected.of(source())).hasMessageContaining("is not in a Git repository");
    }

    private GitSource source() {
        return new GitSource(folder, false, "default", Map.of(), false);
    }

    private Git repository() throws Exception {
        return Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call();
    }

    private void write(String path, String text) throws Exception {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void commit(Git git) throws Exception {
        git.add().addFilepattern(".").setAll(true).call();
        PersonIdent author =
                new PersonIdent("Ada", "ada@example.org", START.plusSeconds(60L * commits++), ZoneOffset.UTC);
        git.commit()
                .setMessage("step")
                .setAuthor(author)
                .setCommitter(author)
                .setSign(false)
                .call();
    }
}
