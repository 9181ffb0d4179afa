package dev.freshet.query.search;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.freshet.core.describe.ChunkMetadata;
import dev.freshet.core.search.FoundChunk;
import dev.freshet.core.search.FusedChunk;
import dev.freshet.core.search.LegScore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

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

    static byte[] of(SearchAnswer answer) {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(BYTES_PER_HIT * (1 + answer.hits().size()));
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            new AnswerJson(json).write(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void write(SearchAnswer answer) throws IOException {
        json.writeStartObject();
        json.writeStringField("query", answer.request().query());
        json.writeStringField("mode", answer.request().mode().label());
        json.writeNumberField("k", answer.request().k());
        json.writeArrayFieldStart("hits");
        int rank = 0;
        for (FusedChunk hit : answer.hits()) {
            rank++;
            hit(rank, hit, answer);
        }
        json.writeEndArray();
        timings(answer.timings());
        strings("degraded", answer.degraded());
        json.writeEndObject();
    }

    private void hit(int rank, FusedChunk hit, SearchAnswer answer) throws IOException {
        FoundChunk chunk = hit.chunk();
        json.writeStartObject();
        json.writeNumberField("rank", rank);
        json.writeNumberField("score", hit.score());
        json.writeStringField("document_id", chunk.documentId());
        json.writeStringField("chunk_id", chunk.chunkId());
        json.writeStringField("title", chunk.title());
        strings("heading_path", chunk.headingPath());
        json.writeStringField("text", chunk.text());
        json.writeStringField("uri", chunk.uri());
        json.writeFieldName("metadata");
        json.writeRawValue(chunk.metadata());
        json.writeStringField("language", chunk.language());
        json.writeNumberField("tokens", chunk.tokens());
        chunkMetadata(chunk.chunkMetadata());
        if (answer.request().explain()) {
            explain(hit, answer.formula());
        }
        json.writeEndObject();
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

    private void strings(String field, List<String> strings) throws IOException {
        json.writeArrayFieldStart(field);
        for (String string : strings) {
            json.writeString(string);
        }
        json.writeEndArray();
    }

    private void explain(FusedChunk hit, String formula) throws IOException {
        json.writeObjectFieldStart("explain");
        json.writeObjectFieldStart("legs");
        for (var leg : hit.legs().entrySet()) {
            LegScore score = leg.getValue();
            json.writeObjectFieldStart(leg.getKey().label());
            json.writeNumberField("rank", score.rank());
            json.writeNumberField("score", score.score());
            json.writeNumberField("normalized", score.normalized());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeStringField("fusion", formula);
        json.writeEndObject();
    }

    private void timings(SearchTimings timings) throws IOException {
        json.writeObjectFieldStart("took_ms");
        milliseconds("embed", timings.embed());
        milliseconds("retrieve", timings.retrieve());
        milliseconds("fuse", timings.fuse());
        milliseconds("total", timings.total());
        json.writeEndObject();
    }

    private void milliseconds(String name, long nanos) throws IOException {
        json.writeNumberField(name, Math.round(nanos / NANOS_PER_MICRO) / MICROS_PER_MILLI);
    }
}
