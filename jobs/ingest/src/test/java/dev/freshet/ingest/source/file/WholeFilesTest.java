package dev.freshet.ingest.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFilesTest {
    @TempDir
    Path folder;

    @Test
    void aSplitIsNamedAfterItsFileSoThatANewFileNeverTakesTheNameOfOneThatIsBeingRead() throws Exception {
        Files.writeString(folder.resolve("b.jsonl"), "b");
        FileSourceSplit beingRead = splits(folder).iterator().next();
        Files.writeString(folder.resolve("a.jsonl"), "a");

        assertThat(splits(folder))
                .filteredOn(split -> split.splitId().equals(beingRead.splitId()))
                .singleElement()
                .extracting(FileSourceSplit::path)
                .isEqualTo(beingRead.path());
    }

    @Test
    void whatIsNamedIsReadThoughItWouldBeHiddenInAFolder() throws Exception {
        Path hidden = Files.createDirectory(folder.resolve("_export"));
        Path file = Files.writeString(hidden.resolve("a.jsonl"), "a");
        Path hiddenFile = Files.writeString(hidden.resolve(".b.jsonl"), "b");

        assertThat(splits(folder)).isEmpty();
        assertThat(splits(hidden)).extracting(split -> split.path().getName()).containsExactly("a.jsonl");
        assertThat(splits(file)).hasSize(1);
        assertThat(splits(hiddenFile)).hasSize(1);
    }

    /** As after a restart: by an enumerator that knows nothing of others before it. */
    private static Collection<FileSourceSplit> splits(Path location) throws IOException {
        return new WholeFiles()
                .enumerateSplits(
                        new org.apache.flink.core.fs.Path[] {new org.apache.flink.core.fs.Path(location.toUri())}, 1);
    }
}
