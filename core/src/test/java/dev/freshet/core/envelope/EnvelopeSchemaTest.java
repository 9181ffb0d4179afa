package dev.freshet.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.core.document.Operation;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas of the envelopes say what the reader accepts: it takes every example, and refuses what they refuse. */
class EnvelopeSchemaTest {
    private static final String NATIVE = "document-change";
    private static final String DEBEZIUM = "debezium-change";
    private static final String CLOUD_EVENT = "cloud-event";
    private static final Map<String, Operation> BY_LETTER =
            Map.of("c", Operation.UPSERT, "r", Operation.UPSERT, "u", Operation.UPSERT, "d", Operation.DELETE);

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleConformsAndIsReadAsTheOperationThatItNames(String schema, JsonNode example) {
        assertThat(Schemas.violations(schema, example.toString())).isEmpty();
        assertThat(Records.understood(Records.record(key(schema, example), example.toString()))
                        .operation())
                .isEqualTo(operation(schema, example));
    }

    @Test
    void theExamplesShowEveryOperationOfEveryEnvelope() {
        for (String schema : new String[] {NATIVE, CLOUD_EVENT}) {
            assertThat(operations(schema)).containsOnly(Operation.values());
        }
        assertThat(operations(DEBEZIUM)).containsOnly(Operation.UPSERT, Operation.DELETE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "document-change | {'id':'a'}",
                "document-change | {'op':'merge','id':'a'}",
                "document-change | {'op':'delete'}",
                "document-change | {'op':'delete','id':7}",
                "document-change | {'op':'delete','id':''}",
                "document-change | {'op':'delete','id':'a','version':-1}",
                "document-change | {'op':'delete','id':'a','version':9007199254740992}",
                "document-change | {'op':'delete','id':'a','epoch':1024}",
                "document-change | {'op':'delete','id':'a','priority':'urgent'}",
                "document-change | {'op':'delete','id':'a','tenant':'a/b'}",
                "document-change | {'op':'delete','id':'a','filter':{'id_prefix':'a'}}",
                "document-change | {'op':'upsert','id':'a'}",
                "document-change | {'op':'upsert','id':'a','content':'','content_base64':''}",
                "document-change | {'op':'upsert','id':'a','content_ref':{}}",
                "document-change | {'op':'upsert','id':'a','content_ref':{'uri':'http://x/y'}}",
                "document-change | {'op':'upsert','id':'a','content_ref':{'uri':'s3://x/y','sha256':'z'}}",
                "document-change | {'op':'upsert','id':'a','content':'','acl':[]}",
                "document-change | {'op':'upsert','id':'a','content':'','metadata':{'a':{}}}",
                "document-change | {'op':'patch','id':'a'}",
                "document-change | {'op':'patch','id':'a','acl':null}",
                "document-change | {'op':'patch','id':'a','acl':['x'],'title':'x'}",
                "document-change | {'op':'delete_by_filter','filter':{'id_prefix':'a'}}",
                "document-change | {'op':'delete_by_filter','version':1}",
                "document-change | {'op':'delete_by_filter','version':1,'filter':{}}",
                "document-change | {'op':'delete_by_filter','version':1,'filter':{'id_prefix':'a','uri':'x'}}",
                "document-change | {'op':'delete_by_filter','version':1,'filter':{'metadata':{'a':['x']}}}",
                "document-change | {'op':'delete_by_filter','version':1,'id':'a','filter':{'id_prefix':'a'}}",
                "document-change | {'op':'delete_by_filter','version':1,'acl':['a'],'filter':{'id_prefix':'a'}}",
                "debezium-change | {'op':'t'}",
                "debezium-change | {'op':'c','after':null}",
                "debezium-change | {'op':'c','after':{'content':'x'}}",
                "debezium-change | {'op':'c','after':{'id':1}}",
                "debezium-change | {'op':'c','after':{'id':1.5,'content':'x'}}",
                "debezium-change | {'op':'c','after':{'id':1,'content':'x','version':'7'}}",
                "debezium-change | {'op':'d','before':{'id':1,'tenant':null}}",
                "debezium-change | {'schema':{},'payload':{'op':'t'}}",
                "cloud-event     | {'specversion':'0.3','id':'e','source':'s','type':'document.delete','subject':'a','version':1}",
                "cloud-event     | {'specversion':'1.0','id':'e','type':'document.delete','subject':'a','version':1}",
                "cloud-event     | {'specversion':'1.0','id':'e','source':'s','type':'user.delete','subject':'a','version':1}",
                "cloud-event     | {'specversion':'1.0','id':'e','source':'s','type':'document.delete','subject':'a','version':'x'}",
                "cloud-event     | {'specversion':'1.0','id':'e','source':'s','type':'document.delete','subject':'a','version':1,'priority':'urgent'}",
                "cloud-event     | {'specversion':'1.0','id':'e','source':'s','type':'document.delete','subject':'a','version':1,'data':{},'data_base64':''}",
            })
    void whatASchemaRefusesTheReaderRefuses(String schema, String value) {
        String json = value.replace('\'', '"');

        assertThat(Schemas.violations(schema.strip(), json)).isNotEmpty();
        Records.refused(Records.record("{\"id\":1,\"tenant\":\"default\"}", json));
        Records.refused(Records.record("default/a", json));
    }

    private static Stream<Arguments> examples() {
        return Stream.of(NATIVE, DEBEZIUM, CLOUD_EVENT)
                .flatMap(schema -> examples(schema).map(example -> Arguments.of(schema, example)));
    }

    private static Stream<JsonNode> examples(String schema) {
        return StreamSupport.stream(Schemas.json(schema).required("examples").spliterator(), false);
    }

    private static Stream<Operation> operations(String schema) {
        return examples(schema).map(example -> operation(schema, example));
    }

    private static Operation operation(String schema, JsonNode example) {
        return switch (schema) {
            case DEBEZIUM ->
                Objects.requireNonNull(
                        BY_LETTER.get(payload(example).required("op").textValue()));
            case CLOUD_EVENT -> {
                String type = example.required("type").textValue();
                yield Operation.valueOf(
                        type.substring(type.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT));
            }
            default -> Operation.valueOf(example.required("op").textValue().toUpperCase(Locale.ROOT));
        };
    }

    /** The key that the record of an example has, as its schema says. */
    private static String key(String schema, JsonNode example) {
        JsonNode change = payload(example);
        return switch (schema) {
            case DEBEZIUM -> {
                JsonNode row = change.path("after").isObject() ? change.path("after") : change.path("before");
                yield "{\"id\":%s}".formatted(row.isObject() ? row.required("id") : "1042");
            }
            case CLOUD_EVENT -> "any";
            default ->
                change.path("tenant").asText(ChangeReader.DEFAULT_TENANT) + "/"
                        + change.path("id").asText();
        };
    }

    private static JsonNode payload(JsonNode example) {
        return example.has("payload") ? example.required("payload") : example;
    }
}
