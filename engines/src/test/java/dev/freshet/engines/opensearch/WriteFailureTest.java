package dev.freshet.engines.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.index.WriteOutcome;
import dev.freshet.core.index.WriteOutcome.AlreadyNewer;
import dev.freshet.core.index.WriteOutcome.Rejected;
import dev.freshet.core.index.WriteOutcome.Retryable;
import dev.freshet.core.index.WriteOutcome.Written;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WriteFailureTest {
    @ParameterizedTest
    @CsvSource({
        "429, opensearch_rejected_execution_exception, true",
        "429, circuit_breaking_exception, true",
        "429, cluster_block_exception, false",
        "403, cluster_block_exception, false",
        "403, security_exception, false",
        "404, index_not_found_exception, false",
        "503, unavailable_shards_exception, false",
        "500, exception, false"
    })
    void theStateOfTheClusterMayPass(int status, String type, boolean overloaded) {
        assertThat(WriteFailure.ofItem(status, type, "why")).isEqualTo(new Retryable(type, overloaded));
    }

    @ParameterizedTest
    @CsvSource({"400, mapper_parsing_exception", "400, strict_dynamic_mapping_exception", "413, too_large"})
    void aWriteThatDoesNotFitNeverWill(int status, String type) {
        assertThat(WriteFailure.ofItem(status, type, "why")).isEqualTo(new Rejected(type, "why"));
    }

    @Test
    void aConflictMeansThatTheIndexIsNewer() {
        assertThat(WriteFailure.ofItem(409, "version_conflict_engine_exception", "x"))
                .isEqualTo(new AlreadyNewer());
    }

    @Test
    void onlyANameThatIsNoneMeansThatAGenerationIsGone() {
        assertThat(WriteFailure.saysThatThereIsNoAlias(new Retryable("index_not_found_exception")))
                .isTrue();
        assertThat(WriteFailure.saysThatThereIsNoAlias(new Rejected("invalid_index_name_exception", "capitals")))
                .isTrue();
        assertThat(WriteFailure.saysThatThereIsNoAlias(new Retryable("cluster_block_exception")))
                .isFalse();
        assertThat(WriteFailure.saysThatThereIsNoAlias(new Rejected("mapper_parsing_exception", "why")))
                .isFalse();
        assertThat(WriteFailure.saysThatThereIsNoAlias(new Written())).isFalse();
    }

    @Test
    void aReasonShowsNothingOfTheDocument() {
        WriteOutcome outcome = WriteFailure.ofItem(
                400,
                "mapper_parsing_exception",
                "failed to parse field [tokens]. Preview of field's value: 'my secret'");

        assertThat(outcome).isEqualTo(new Rejected("mapper_parsing_exception", "failed to parse field [tokens]."));
    }

    @Test
    void aBulkAnswerIsReadItemByItem() throws Exception {
        String body = """
                {"took":3,"errors":true,"items":[
                 {"index":{"_index":"i","_id":"1","status":201}},
                 {"delete":{"status":404}},
                 {"index":{"status":400,"error":{"type":"mapper_parsing_exception","reason":"failed",
                   "caused_by":{"type":"x","reason":"wrong dimension"}}}},
                 {"index":{"status":409,"error":{"type":"version_conflict_engine_exception","reason":"r"}}}]}""";

        assertThat(BulkReply.outcomes(body.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(List.of(
                        new Written(),
                        new Written(),
                        new Rejected("mapper_parsing_exception", "failed: wrong dimension"),
                        new AlreadyNewer()));
    }
}
