package dev.freshet.ingest.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.RawRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesFormatTest {
    private static final int LARGEST = 100;
    private static final long MODIFIED = 1_700_000_000_000L;

    @TempDir
    Path folder;

    @Test
    void everyLineIsARecordAtItsNumber() throws Exception {
        List<RawRecord> records = read(file("a.jsonl", "{\"id\":\"a\"}\n{\"id\":\"b\"}\n"));

        assertThat(texts(records)).containsExactly("{\"id\":\"a\"}", "{\"id\":\"b\"}");
        assertThat(records).extracting(record -> record.position().offset()).containsExactly(0L, 1L);
        assertThat(records).allSatisfy(record -> {
            assertThat(record.position().topic()).endsWith("/a.jsonl");
            assertThat(record.position().inFile()).isTrue();
            assertThat(record.position().partition()).isZero();
            assertThat(record.timestamp()).isEqualTo(MODIFIED);
            assertThat(record.key()).isNull();
        });
    }

    @Test
    void theLastLineNeedsNoEnd() throws Exception {
        assertThat(texts(read(file("a.jsonl", "one\ntwo")))).containsExactly("one", "two");
    }

    @Test
    void windowsLineEndsAreNoPartOfALineButALoneCarriageReturnIs() throws Exception {
        assertThat(texts(read(file("a.jsonl", "one\r\ntw\ro\r\n\r\nthree\r"))))
                .containsExactly("one", "tw\ro", "three");
    }

    @Test
    void emptyLinesAreCountedAndLeftOut() throws Exception {
        List<RawRecord> records = read(file("a.jsonl", "\n\none\n\r\ntwo\n\n"));

        assertThat(texts(records)).containsExactly("one", "two");
        assertThat(records).extracting(record -> record.position().offset()).containsExactly(2L, 4L);
    }

    @Test
    void anEmptyFileHasNoRecords() throws Exception {
        assertThat(read(file("a.jsonl", ""))).isEmpty();
        assertThat(read(file("b.jsonl", "\n\n"))).isEmpty();
    }

    @Test
    void bytesThatAreNoTextAreHandedOverAsTheyAre() throws Exception {
        Path file = Files.write(folder.resolve("a.jsonl"), new byte[] {(byte) 0xFF, (byte) 0xC0, 0, '\n'});

        assertThat(read(split(file)))
                .singleElement()
                .satisfies(record -> assertThat(record.value()).containsExactly(0xFF, 0xC0, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {LARGEST, LARGEST + 1, LARGEST + 2, 70_000, 1_000_000})
    void aLineThatIsTooLongIsCutOneByteAfterTheLargestAndTheNextLineIsWhole(int length) throws Exception {
        for (String end : List.of("\n", "\r\n")) {
            List<RawRecord> records = read(file("a.jsonl", "x".repeat(length) + end + "next" + end));

            assertThat(texts(records)).containsExactly("x".repeat(Math.min(length, LARGEST + 1)), "next");
            assertThat(records).extracting(record -> record.position().offset()).containsExactly(0L, 1L);
        }
    }

    @Test
    void filesArePacked() throws Exception {
        assertThat(texts(read(packed("a.jsonl.gz", lines(2_500)))))
                .hasSize(2_500)
                .startsWith("line 0", "line 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 999, 1_000, 1_001, 2_499, 2_500})
    void aRestoredReaderGoesOnExactlyAfterTheRecordOfItsCheckpoint(int before) throws Exception {
        for (FileSourceSplit split : List.of(file("a.jsonl", lines(2_500)), packed("b.jsonl.gz", lines(2_500)))) {
            List<RecordAndPosition<RawRecord>> all = positions(format().createReader(new Configuration(), split));
            RecordAndPosition<RawRecord> last = all.get(before - 1);
            FileSourceSplit restored = split.updateWithCheckpointedPosition(
                    new CheckpointedPosition(last.getOffset(), last.getRecordSkipCount()));

            List<RecordAndPosition<RawRecord>> rest = positions(format().restoreReader(new Configuration(), restored));

            assertThat(rest).hasSize(2_500 - before);
            assertThat(texts(records(rest))).isEqualTo(texts(records(all.subList(before, all.size()))));
            assertThat(records(rest))
                    .extracting(RawRecord::position)
                    .isEqualTo(records(all.subList(before, all.size())).stream()
                            .map(RawRecord::position)
                            .toList());
        }
    }

    @Test
    void aRestoredReaderCountsTheEmptyLinesBeforeIt() throws Exception {
        FileSourceSplit split = file("a.jsonl", "\none\n\n\ntwo\n");
        RecordAndPosition<RawRecord> first =
                positions(format().createReader(new Configuration(), split)).getFirst();

        List<RecordAndPosition<RawRecord>> rest = positions(format().restoreReader(
                        new Configuration(),
                        split.updateWithCheckpointedPosition(
                                new CheckpointedPosition(first.getOffset(), first.getRecordSkipCount()))));

        assertThat(records(rest)).singleElement().satisfies(record -> {
            assertThat(record.position().offset()).isEqualTo(4);
            assertThat(text(record)).isEqualTo("two");
        });
    }

    @Test
    void aBatchIsBounded() throws Exception {
        FileSourceSplit many = file("a.jsonl", lines(5_000));
        FileSourceSplit large = file("b.jsonl", ("x".repeat(600_000) + "\n").repeat(5));

        try (var reader = format().createReader(new Configuration(), many)) {
            assertThat(drain(reader.readBatch())).hasSizeLessThan(5_000);
        }
        try (var reader = new LinesFormat(1 << 20).createReader(new Configuration(), large)) {
            assertThat(drain(reader.readBatch())).hasSizeLessThan(5);
        }
    }

    private static LinesFormat format() {
        return new LinesFormat(LARGEST + 1);
    }

    private static List<RawRecord> read(FileSourceSplit split) throws IOException {
        return records(positions(format().createReader(new Configuration(), split)));
    }

    private static List<RawRecord> records(List<RecordAndPosition<RawRecord>> positions) {
        return positions.stream().map(RecordAndPosition::getRecord).toList();
    }

    private static List<RecordAndPosition<RawRecord>> positions(BulkFormat.Reader<RawRecord> reader)
            throws IOException {
        List<RecordAndPosition<RawRecord>> all = new ArrayList<>();
        try (reader) {
            for (var batch = reader.readBatch(); batch != null; batch = reader.readBatch()) {
                all.addAll(drain(batch));
            }
        }
        return all;
    }

    private static List<RecordAndPosition<RawRecord>> drain(BulkFormat.@Nullable RecordIterator<RawRecord> batch) {
        if (batch == null) {
            return List.of();
        }
        List<RecordAndPosition<RawRecord>> records = new ArrayList<>();
        for (var next = batch.next(); next != null; next = batch.next()) {
            records.add(next);
        }
        return records;
    }

    private static List<String> texts(List<RawRecord> records) {
        return records.stream().map(LinesFormatTest::text).toList();
    }

    private static String text(RawRecord record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    private static String lines(int count) {
        return IntStream.range(0, count).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    private FileSourceSplit file(String name, String content) throws IOException {
        return split(Files.writeString(folder.resolve(name), content));
    }

    private FileSourceSplit packed(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return split(file);
    }

    private static FileSourceSplit split(Path file) throws IOException {
        long bytes = Files.size(file);
        return new FileSourceSplit(
                file.toString(), new org.apache.flink.core.fs.Path(file.toUri()), 0, bytes, MODIFIED, bytes);
    }
}
