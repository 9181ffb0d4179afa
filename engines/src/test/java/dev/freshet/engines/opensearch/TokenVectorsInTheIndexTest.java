package dev.freshet.engines.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.IndexWrites;
import dev.freshet.core.search.ChunkQuery;
import dev.freshet.core.search.LegQuery;
import dev.freshet.core.search.Visibility;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Token vectors are many times as large as the rest of a hit: they are written, and no search asks for them. */
class TokenVectorsInTheIndexTest {
    private static final String FIELD = "token_vectors";

    @Test
    void theyAreWrittenAsTheyAre() throws IOException {
        byte[] tokenVectors = {1, 0, 0, 8, 0, 1, -42};

        assertThat(written(tokenVectors).get(FIELD).binaryValue()).isEqualTo(tokenVectors);
        assertThat(written(null).has(FIELD)).isFalse();
    }

    @Test
    void theyAreReadApartFromTheSource() {
        JsonNode mappings =
                BlockingRequests.parse(SearchIndex.CHUNKS.definition()).path("mappings");

        assertThat(mappings.at("/properties/" + FIELD).toString())
                .isEqualTo("{\"type\":\"binary\",\"doc_values\":true}");
        assertThat(mappings.at("/_source/excludes"))
                .extracting(JsonNode::asText)
                .contains(FIELD);
    }

    @Test
    void everySearchNamesTheFieldsThatItReturnsAndTheyAreNotAmongThem() throws IOException {
        ChunkQuery query = new ChunkQuery(
                Visibility.ofTenant("acme"),
                List.of(),
                List.of(new LegQuery.Nearest(new float[] {1, 0}, 10), new LegQuery.Keywords("alpha", 10)));

        List<JsonNode> searches = lines(SearchBody.of(query)).stream()
                .filter(line -> line.has("query"))
                .toList();

        assertThat(searches)
                .hasSize(2)
                .allSatisfy(search -> assertThat(search.path("_source"))
                        .isNotEmpty()
                        .noneMatch(field ->
                                field.asText().equals(FIELD) || field.asText().contains("*")));
    }

    private static JsonNode written(byte @Nullable [] tokenVectors) throws IOException {
        ChunkDocument chunk =
                new IndexWrites("acme").chunk("a", 1, "alpha", null).chunk();
        IndexWrite write = new IndexWrite.PutChunk(IndexWrites.withTokenVectors(chunk, tokenVectors));
        return lines(BulkRequest.body(List.of(write), Instant.EPOCH)).getLast();
    }

    private static List<JsonNode> lines(byte[] body) {
        return new String(body, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> BlockingRequests.parse(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
