package dev.freshet.core.envelope;

import static dev.freshet.core.envelope.Records.ignoredFields;
import static dev.freshet.core.envelope.Records.record;
import static dev.freshet.core.envelope.Records.refused;
import static dev.freshet.core.envelope.Records.understood;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.Priority;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebeziumEnvelopeTest {
    private static final DocumentKey FIVE = new DocumentKey("default", "5");

    @ParameterizedTest
    @ValueSource(strings = {"c", "r", "u"})
    void theRowAfterTheChangeIsTheDocument(String op) {
        DocumentChange change = understood(record("{\"id\":5}", """
                {"op":"%s","before":{"id":5,"title":"Old"},
                 "after":{"id":5,"title":"New","content":"x","content_type":"text/markdown","uri":"https://x",
                          "metadata":{"b":1,"a":"y"},"acl":["g:2","g:1"]},
                 "source":{"ts_ms":1769860800000,"table":"pages"},"ts_ms":1769860800999,"transaction":null}""".formatted(op)));

        assertThat(change.operation()).isEqualTo(Operation.UPSERT);
        assertThat(change.key()).isEqualTo(FIVE);
        assertThat(change.order()).as("by the offset").isEqualTo(new ChangeOrder(0, Records.OFFSET));
        assertThat(change.eventTime()).isEqualTo(Instant.ofEpochMilli(1769860800000L));
        assertThat(change.text()).isEqualTo("x");
        assertThat(change.fields())
                .isEqualTo(new DocumentFields(
                        "New", "https://x", "text/markdown", "{\"a\":\"y\",\"b\":1}", List.of("g:1", "g:2")));
    }

    @ParameterizedTest
    @CsvSource({"c, LIVE", "u, LIVE", "r, BACKFILL"})
    void aRowOfASnapshotIsOneOfMany(String op, Priority priority) {
        assertThat(understood(record("{\"id\":5}", change(op, "{'id':5,'content':'x'}")))
                        .priority())
                .isEqualTo(priority);
    }

    @Test
    void theSchemaThatKafkaConnectAddsIsTakenOff() {
        DocumentChange change = understood(
                record(
                        "{\"schema\":{\"type\":\"struct\"},\"payload\":{\"id\":5}}",
                        "{\"schema\":{\"type\":\"struct\"},\"payload\":{\"op\":\"c\",\"after\":{\"id\":5,\"content\":\"x\"}}}"));

        assertThat(change.key()).isEqualTo(FIVE);
        assertThat(change.text()).isEqualTo("x");
    }

    @Test
    void aRowMaySayTenantAndOrder() {
        DocumentChange change = understood(record(
                "{\"id\":\"a/b\"}", change("c", "{'id':'a/b','tenant':'acme','version':7,'epoch':1,'content':'x'}")));

        assertThat(change.key()).isEqualTo(new DocumentKey("acme", "a/b"));
        assertThat(change.order()).isEqualTo(new ChangeOrder(1, 7));
    }

    @Test
    void theTenantOfTheKeyIsTheRows() {
        String key = "{\"id\":5,\"tenant\":\"acme\"}";

        assertThat(understood(record(key, change("c", "{'id':5,'content':'x'}")))
                        .key())
                .isEqualTo(new DocumentKey("acme", "5"));
        assertThat(understood(record(key, change("d", "{'id':5}"))).key()).isEqualTo(new DocumentKey("acme", "5"));
        assertThat(understood(record(key, null)).key()).isEqualTo(new DocumentKey("acme", "5"));
    }

    @Test
    void structuredColumnsMayBeJsonInText() {
        DocumentChange change = understood(record("{\"id\":5}", """
                {"op":"c","after":{"id":5,"metadata":"{\\"team\\": \\"a\\"}","acl":"[\\"g:1\\"]",
                 "content_ref":"{\\"uri\\":\\"s3://b/k\\"}"}}"""));

        assertThat(change.reference()).isNotNull();
        assertThat(change.fields())
                .isEqualTo(new DocumentFields(null, null, "text/plain", "{\"team\":\"a\"}", List.of("g:1")));
    }

    @Test
    void aDeleteIsOfTheRowBefore() {
        DocumentChange change = understood(record("{\"id\":5}", """
                {"op":"d","before":{"id":5,"title":"Old","content":"__debezium.unavailable.value","metadata":7},"after":null,"ts_ms":1769860800123}"""));

        assertThat(change.operation()).isEqualTo(Operation.DELETE);
        assertThat(change.key()).isEqualTo(FIVE);
        assertThat(change.version()).isEqualTo(Records.OFFSET);
        assertThat(change.eventTime()).isEqualTo(Instant.ofEpochMilli(1769860800123L));
    }

    @Test
    void aDeleteComesAfterTheLastVersionOfItsRow() {
        DocumentChange change = understood(record("{\"id\":5}", change("d", "{'id':5,'version':7,'epoch':2}")));

        assertThat(change.order()).isEqualTo(new ChangeOrder(2, 8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"id\":null}"})
    void aDeleteWithoutRowIsOfTheDocumentOfTheKey(String before) {
        String value = "{\"op\":\"d\",\"before\":%s}".formatted(before);

        assertThat(understood(record("{\"id\":5}", value)).key()).isEqualTo(FIVE);
        assertThat(understood(record("5", value)).key()).isEqualTo(FIVE);
        assertThat(refused(record("{\"other\":5}", value)).reason()).isEqualTo("missing_id");
        assertThat(refused(record(null, value)).reason()).isEqualTo("missing_id");
    }

    @Test
    void theTombstoneAfterADeleteDeletesTheDocumentOfItsKey() {
        DocumentChange change = understood(record("{\"schema\":{},\"payload\":{\"id\":12345678901234567890}}", null));

        assertThat(change.operation()).isEqualTo(Operation.DELETE);
        assertThat(change.key()).isEqualTo(new DocumentKey("default", "12345678901234567890"));
        assertThat(refused(record("{\"other\":5}", null)).reason()).isEqualTo("missing_id");
        assertThat(refused(record("{\"id\":5,\"id\":6}", null)).reason()).isEqualTo("malformed_json");
        assertThat(refused(record("{\"id\":5", null)).reason()).isEqualTo("malformed_json");
        assertThat(refused(record("{\"id\":5.5}", null)).reason()).isEqualTo("invalid_id");
        assertThat(refused(record("{\"id\":5,\"tenant\":1}", null)).reason()).isEqualTo("invalid_tenant");
    }

    @Test
    void aKeyThatOnlyBeginsWithABraceIsAnId() {
        assertThat(understood(record("{6F9619FF-8B86-D011-B42D-00CF4FC964FF}", null))
                        .documentId())
                .isEqualTo("{6F9619FF-8B86-D011-B42D-00CF4FC964FF}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // key | columns beside content | what comes of it
                "{\"id\":5}               | 'id':5                  | ordered by the offset",
                "{\"id\":\"5\"}           | 'id':5                  | ordered by the offset",
                "{\"id\":5}               | 'id':5,'tenant':'acme'  | ordered by the offset",
                "default/5                | 'id':5                  | ordered by the offset",
                "acme/5                   | 'id':5,'tenant':'acme'  | ordered by the offset",
                "5                        | 'id':5,'tenant':'acme'  | ordered by the offset",
                "a/b                      | 'id':'a/b'              | ordered by the offset",
                "{\"id\":6}               | 'id':5                  | key_mismatch",
                "{\"id\":6}               | 'id':5,'version':7      | key_mismatch",
                "{\"id\":5,\"tenant\":\"x\"} | 'id':5,'tenant':'acme' | key_mismatch",
                "{\"shard\":5}            | 'id':5                  | no_key_and_no_version",
                "{\"shard\":5}            | 'id':5,'version':7      | ordered by the version",
                "Struct{pk=5}             | 'id':5                  | no_key_and_no_version",
                "Struct{pk=5}             | 'id':5,'version':7      | ordered by the version",
                "~~                       | 'id':5                  | no_key_and_no_version",
            })
    void aKeyThatSaysNothingOfTheDocumentOrdersNothing(String key, String columns, String expected) {
        EnvelopeOutcome outcome =
                new ChangeReader(10_000).read(record(key, change("c", "{%s,'content':'x'}".formatted(columns))));

        assertThat(
                        switch (outcome) {
                            case EnvelopeOutcome.Understood(DocumentChange change, int ignored) ->
                                change.version() == Records.OFFSET ? "ordered by the offset" : "ordered by the version";
                            case EnvelopeOutcome.Refused refused -> refused.reason();
                        })
                .isEqualTo(expected);
    }

    @Test
    void aPlainKeyOfTheRowsPathNamesItsTenant() {
        assertThat(understood(record("acme/5", change("c", "{'id':5,'content':'x'}")))
                        .key())
                .isEqualTo(new DocumentKey("acme", "5"));
        assertThat(understood(record("eu-1", change("c", "{'id':5,'version':1,'content':'x'}")))
                        .key())
                .isEqualTo(FIVE);
    }

    @Test
    void otherColumnsAreCounted() {
        assertThat(ignoredFields(record("{\"id\":5}", """
                {"op":"c","after":{"id":5,"content":"x","author":"kim","op":"delete","filter":"x","event_time":7},"extra":1}"""))).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "unsupported_truncate   | {'op':'t'}",
                "unsupported_message    | {'op':'m','message':{}}",
                "unknown_operation      | {'op':'x','after':{'id':5,'content':'x'}}",
                "missing_row            | {'op':'c'}",
                "missing_row            | {'op':'u','after':null}",
                "missing_row            | {'op':'r','after':'{}'}",
                "missing_id             | {'op':'c','after':{'content':'x'}}",
                "invalid_id             | {'op':'c','after':{'id':1.5,'content':'x'}}",
                "invalid_id             | {'op':'c','after':{'id':true,'content':'x'}}",
                "missing_content        | {'op':'c','after':{'id':5,'content':null}}",
                "content_unavailable    | {'op':'u','after':{'id':5,'content':'__debezium.unavailable.value'}}",
                "content_base64_unavailable | {'op':'u','after':{'id':5,'content_base64':'X19kZWJleml1bS51bmF2YWlsYWJsZS52YWx1ZQ=='}}",
                "metadata_unavailable   | {'op':'u','after':{'id':5,'content':'x','metadata':'__debezium.unavailable.value'}}",
                "acl_unavailable        | {'op':'u','after':{'id':5,'content':'x','acl':['__debezium.unavailable.value']}}",
                "invalid_metadata       | {'op':'c','after':{'id':5,'content':'x','metadata':'{'}}",
                "invalid_metadata       | {'op':'c','after':{'id':5,'content':'x','metadata':'[]'}}",
                "invalid_acl            | {'op':'c','after':{'id':5,'content':'x','acl':'kim'}}",
                "invalid_acl            | {'op':'c','after':{'id':5,'content':'x','acl':''}}",
                "missing_tenant         | {'op':'d','before':{'id':5,'tenant':null}}",
                "missing_version        | {'op':'d','before':{'id':5,'version':null}}",
                "missing_epoch          | {'op':'c','after':{'id':5,'epoch':null,'content':'x'}}",
                "invalid_version        | {'op':'c','after':{'id':5,'version':'7','content':'x'}}",
                "invalid_version        | {'op':'d','before':{'id':5,'version':9007199254740991}}",
                "invalid_version        | {'op':'d','before':{'id':5,'version':9223372036854775807}}",
                "invalid_version        | {'op':'d','before':{'id':5,'version':-2}}",
                "invalid_event_time     | {'op':'d','before':{'id':5},'ts_ms':'today'}",
                "invalid_event_time     | {'op':'d','before':{'id':5},'source':{'ts_ms':9223372036854775807}}",
                "invalid_event_time     | {'op':'d','before':{'id':5},'source':{'ts_ms':-9223372036854775808}}",
            })
    void whatCannotBeADocumentIsRefusedWithACode(String reason, String value) {
        assertThat(refused(record("{\"id\":5}", value.replace('\'', '"'))).reason())
                .isEqualTo(reason.strip());
    }

    @Test
    void aNativeChangeWithAFieldOfThatNameIsNoDebeziumChange() {
        DocumentChange change = understood(
                record("acme/a", "{\"op\":\"delete\",\"id\":\"a\",\"source\":\"wiki\",\"before\":{},\"payload\":1}"));

        assertThat(change.key()).isEqualTo(new DocumentKey("acme", "a"));
    }

    private static String change(String op, @Nullable String row) {
        String field = op.equals("d") ? "before" : "after";
        return "{'op':'%s','%s':%s}".formatted(op, field, row).replace('\'', '"');
    }
}
