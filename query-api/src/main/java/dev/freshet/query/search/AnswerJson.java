package dev.freshet.query.search;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.rank.Ranked;
import dev.freshet.core.search.FoundChunk;
import dev.freshet.core.search.HitCount;
import dev.freshet.query.freshness.KnownWatermarks;
import dev.freshet.query.highlight.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the answer to a search as JSON. */
final class AnswerJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int BYTES_PER_HIT = 2048;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MICROS_PER_MILLI = 1e3;

    private final JsonGenerator json;

    private AnswerJson(JsonGenerator json) {
        this.json = json;
    }

    static byte[] of(SearchAnswer answer, KnownWatermarks watermarks) {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(BYTES_PER_HIT * (8 + answer.hits().size()));
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            new AnswerJson(json).write(answer, watermarks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void write(SearchAnswer answer, KnownWatermarks watermarks) throws IOException {
        json.writeStartObject();
        json.writeStringField("query", answer.request().query());
        json.writeStringField("mode", answer.request().mode().label());
        json.writeStringField("strategy", answer.plan().strategy().label());
        json.writeNumberField("k", answer.request().k());
        json.writeStringField("profile", answer.profile());
        total(answer.total());
        json.writeArrayFieldStart("hits");
        for (int i = 0; i < answer.hits().size(); i++) {
            List<Span> highlights =
                    answer.highlights().isEmpty() ? null : answer.highlights().get(i);
            hit(answer.rank() + i, answer.hits().get(i), highlights, answer);
        }
        json.writeEndArray();
        json.writeStringField(
                "next_cursor", answer.next() == null ? null : answer.next().text());
        watermark(watermarks);
        timings(answer.timings());
        strings("degraded", answer.degraded());
        if (answer.request().explain()) {
            new ExplainJson(json).plan(answer);
        }
        json.writeEndObject();
    }

    private void total(@Nullable HitCount total) throws IOException {
        if (total == null) {
            json.writeNullField("total");
            return;
        }
        json.writeObjectFieldStart("total");
        json.writeNumberField("value", total.value());
        json.writeStringField("relation", total.exact() ? "eq" : "gte");
        json.writeEndObject();
    }

    private void hit(int rank, Ranked hit, @Nullable List<Span> highlights, SearchAnswer answer) throws IOException {
        FoundChunk chunk = hit.chunk();
        json.writeStartObject();
        json.writeNumberField("rank", rank);
        json.writeNumberField("score", hit.score());
        json.writeObjectFieldStart("scores");
        for (var list : hit.numbers().lists().entrySet()) {
            json.writeNumberField(list.getKey(), list.getValue().score());
        }
        if (!Double.isNaN(hit.numbers().reranked())) {
            json.writeNumberField("rerank", hit.numbers().reranked());
        }
        json.writeEndObject();
        json.writeStringField("document_id", chunk.documentId());
        json.writeStringField("chunk_id", chunk.chunkId());
        json.writeStringField("title", chunk.title());
        strings("heading_path", chunk.headingPath());
        json.writeStringField("text", chunk.text());
        if (highlights != null) {
            highlights(highlights);
        }
        json.writeStringField("uri", chunk.uri());
        json.writeFieldName("metadata");
        json.writeRawValue(chunk.metadata());
        json.writeStringField("language", chunk.language());
        json.writeNumberField("tokens", chunk.tokens());
        json.writeStringField("event_time", instant(chunk.changedAt()));
        json.writeStringField("indexed_at", instant(chunk.indexedAt()));
        chunkMetadata(chunk.chunkMetadata());
        strings("duplicates", hit.duplicates());
        if (answer.request().explain()) {
            new ExplainJson(json).hit(hit);
        }
        json.writeEndObject();
    }

    private static @Nullable String instant(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private void highlights(List<Span> spans) throws IOException {
        json.writeArrayFieldStart("highlights");
        for (Span span : spans) {
            json.writeStartObject();
            json.writeNumberField("start", span.start());
            json.writeNumberField("end", span.end());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void chunkMetadata(ChunkMetadata said) throws IOException {
        json.writeObjectFieldStart("chunk");
        strings("block_types", said.blockTypes());
        json.writeNumberField("sentences", said.sentences());
        json.writeStringField("code_language", said.codeLanguage().isEmpty() ? null : said.codeLanguage());
        json.writeStringField("symbol", said.symbol().isEmpty() ? null : said.symbol());
        strings("entities", said.entities());
        strings("near_duplicate_keys", said.nearDuplicateKeys());
        json.writeEndObject();
    }

    /** How far the index follows the stream; null where that is not known. */
    private void watermark(KnownWatermarks watermarks) throws IOException {
        if (watermarks.asOf() == null) {
            json.writeNullField("index_watermark");
            return;
        }
        json.writeObjectFieldStart("index_watermark");
        json.writeStringField("as_of", instant(watermarks.asOf()));
        Instant newest = watermarks.partitions().stream()
                .map(IndexWatermark::eventTime)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
        json.writeStringField("event_time", instant(newest));
        json.writeObjectFieldStart("offsets");
        for (IndexWatermark partition : watermarks.partitions()) {
            json.writeNumberField(partition.topic() + "-" + partition.partition(), partition.offset());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void strings(String field, List<String> strings) throws IOException {
        json.writeArrayFieldStart(field);
        for (String string : strings) {
            json.writeString(string);
        }
        json.writeEndArray();
    }

    private void timings(SearchTimings timings) throws IOException {
        json.writeObjectFieldStart("took_ms");
        for (Stage stage : Stage.values()) {
            milliseconds(stage.label(), timings.of(stage));
        }
        milliseconds("total", timings.total());
        json.writeEndObject();
    }

    private void milliseconds(String name, long nanos) throws IOException {
        json.writeNumberField(name, Math.round(nanos / NANOS_PER_MICRO) / MICROS_PER_MILLI);
    }
}
