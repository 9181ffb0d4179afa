package dev.freshet.ingest.index;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.envelope.Json;
import dev.freshet.core.index.ChunkDocument;
import dev.freshet.core.index.IndexWrite;
import dev.freshet.core.index.WriteOutcome.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Makes the dead letter of a write that the index will never take. */
final class RefusedWrite {
    private RefusedWrite() {}

    static DeadLetter deadLetter(ChangeReceipt receipt, IndexWrite write, Rejected rejected) {
        DocumentKey key = receipt.key();
        return new DeadLetter(
                DeadLetter.Scope.CHUNK,
                receipt.origin(),
                IndexStage.NAME,
                rejected.reason(),
                rejected.message(),
                1,
                Instant.now(),
                key.tenant(),
                key.id(),
                key.path().getBytes(StandardCharsets.UTF_8),
                Json.bytes(body(write)),
                List.of());
    }

    private static ObjectNode body(IndexWrite write) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("fence", write.fence());
        return switch (write) {
            case IndexWrite.PutChunk(ChunkDocument chunk) ->
                json.put("write", "put_chunk").put("chunk_id", chunk.id()).put("text", chunk.text());
            case IndexWrite.DeleteChunk(String chunkId, long fence) ->
                json.put("write", "delete_chunk").put("chunk_id", chunkId);
            case IndexWrite.PutDocument put -> json.put("write", "put_document");
            case IndexWrite.DeleteDocument delete -> json.put("write", "delete_document");
            case IndexWrite.ForGeneration(String generation, IndexWrite inner) ->
                body(inner).put("generation", generation);
        };
    }
}
