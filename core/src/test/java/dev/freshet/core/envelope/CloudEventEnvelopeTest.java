package dev.freshet.core.envelope;

import static dev.freshet.core.envelope.Records.ignoredFields;
import static dev.freshet.core.envelope.Records.record;
import static dev.freshet.core.envelope.Records.refused;
import static dev.freshet.core.envelope.Records.understood;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.FieldsPatch;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.Priority;
import dev.freshet.core.document.RawHeader;
import dev.freshet.core.document.RawRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventEnvelopeTest {
    private static final String UPSERT = "org.example.document.upsert";

    @Test
    void anAttributeSaysThatItIsOneOfManyWhereTheDataDoNot() {
        String data = "{\"id\":\"a\",\"version\":1,\"content\":\"x\"%s}";
        String[] headers = {"content-type", "application/json", "ce_priority", "backfill"};

        assertThat(understood(binary(UPSERT, data.formatted(""), headers)).priority())
                .isEqualTo(Priority.BACKFILL);
        assertThat(understood(binary(UPSERT, data.formatted(",\"priority\":\"live\""), headers))
                        .priority())
                .isEqualTo(Priority.LIVE);
        assertThat(ignoredFields(binary(UPSERT, data.formatted(""), headers))).isZero();
    }

    @Test
    void inBinaryModeTheHeadersAreTheAttributesAndTheValueIsTheData() {
        DocumentChange change = understood(binary(
                UPSERT,
                "{\"title\":\"T\",\"content\":\"x\",\"metadata\":{\"a\":1}}",
                "content-type",
                "application/json; charset=utf-8",
                "ce_subject",
                "a/b.md",
                "ce_time",
                "2026-01-31T12:00:00Z",
                "ce_tenant",
                "acme",
                "ce_version",
                "1769860800000000",
                "ce_epoch",
                "2"));

        assertThat(change.operation()).isEqualTo(Operation.UPSERT);
        assertThat(change.key()).isEqualTo(new DocumentKey("acme", "a/b.md"));
        assertThat(change.order()).isEqualTo(new ChangeOrder(2, 1769860800000000L));
        assertThat(change.eventTime()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(change.text()).isEqualTo("x");
        assertThat(change.fields()).isNotNull().satisfies(fields -> {
            assertThat(fields.title()).isEqualTo("T");
            assertThat(fields.contentType()).isEqualTo("text/plain");
            assertThat(fields.metadata()).isEqualTo("{\"a\":1}");
        });
    }

    @Test
    void dataThatAreNoJsonAreTheContent() {
        DocumentChange change = understood(binary(
                UPSERT,
                "# Hi\r\n",
                "content-type",
                "Text/Markdown; charset=UTF-8",
                "ce_subject",
                "a",
                "ce_version",
                "1"));

        assertThat(change.text()).isEqualTo("# Hi\n");
        assertThat(change.fields())
                .isNotNull()
                .satisfies(fields -> assertThat(fields.contentType()).isEqualTo("text/markdown"));
    }

    @Test
    void dataInAnotherCharsetAreReadInIt() {
        RawRecord record = binary(
                UPSERT, "ab", "content-type", "text/plain; charset=utf-16be", "ce_subject", "a", "ce_version", "1");

        assertThat(understood(record).text()).isEqualTo("\u6162");
    }

    @Test
    void dataWithoutContentTypeAreJson() {
        assertThat(understood(binary(UPSERT, "{\"content\":\"x\"}", "ce_subject", "a", "ce_version", "1"))
                        .text())
                .isEqualTo("x");
    }

    @Test
    void whatTheDataSayCountsMoreThanTheAttributes() {
        DocumentChange change = understood(binary(
                UPSERT,
                """
                {"op":"upsert","tenant":"acme","id":"a","version":7,"epoch":1,"event_time":"2026-01-01T00:00:00Z","content":"x"}""",
                "ce_subject",
                "b",
                "ce_tenant",
                "other",
                "ce_version",
                "8",
                "ce_epoch",
                "0",
                "ce_time",
                "2025-01-01T00:00:00Z"));

        assertThat(change.key()).isEqualTo(new DocumentKey("acme", "a"));
        assertThat(change.order()).isEqualTo(new ChangeOrder(1, 7));
        assertThat(change.eventTime()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void aDeleteNeedsNoData() {
        DocumentChange change = understood(binary("document.delete", null, "ce_subject", "a", "ce_version", "1"));

        assertThat(change.operation()).isEqualTo(Operation.DELETE);
        assertThat(change.key()).isEqualTo(new DocumentKey("default", "a"));
    }

    @Test
    void aPatchAndADeleteByFilterHaveTheFieldsOfTheNativeEnvelope() {
        assertThat(understood(binary("x.document.patch", "{\"acl\":[\"g\"]}", "ce_subject", "a", "ce_version", "1"))
                        .patch())
                .isEqualTo(new FieldsPatch(null, List.of("g")));

        DocumentChange filtered = understood(binary(
                "x.document.delete_by_filter",
                "{\"filter\":{\"id_prefix\":\"a\"}}",
                "ce_subject",
                "everything",
                "ce_tenant",
                "acme",
                "ce_version",
                "1"));
        assertThat(filtered.operation()).isEqualTo(Operation.DELETE_BY_FILTER);
        assertThat(filtered.tenant()).isEqualTo("acme");
    }

    @Test
    void inStructuredModeTheValueIsAllOfIt() {
        String event = structured("'subject':'a','tenant':'acme','version':7,'epoch':1,'time':'2026-01-31T12:00:00Z',"
                + "'data':{'content':'x'}");

        for (RawRecord raw : List.of(
                record(null, event),
                record(null, event, "content-type", "application/cloudevents+json; charset=utf-8"))) {
            DocumentChange change = understood(raw);
            assertThat(change.key()).isEqualTo(new DocumentKey("acme", "a"));
            assertThat(change.order()).isEqualTo(new ChangeOrder(1, 7));
            assertThat(change.eventTime()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
            assertThat(change.text()).isEqualTo("x");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'data':{'content':'Grüße'}",
                "'datacontenttype':'application/vnd.example+json','data':{'content':'Grüße'}",
                "'datacontenttype':'text/plain','data':'Grüße'",
                "'datacontenttype':'text/plain','data_base64':'R3LDvMOfZQ=='",
                "'datacontenttype':'text/plain','data':null,'data_base64':'R3LDvMOfZQ=='",
                "'data_base64':'eyJjb250ZW50IjoiR3LDvMOfZSJ9'",
            })
    void dataComeInManyForms(String data) {
        assertThat(understood(record(null, structured("'subject':'a','version':7," + data)))
                        .text())
                .isEqualTo("Grüße");
    }

    @Test
    void withoutVersionTheKeyMustNameTheDocument() {
        String event = structured("'subject':'a/b','data':{'content':'x'}");

        assertThat(understood(record("a/b", event)).key()).isEqualTo(new DocumentKey("default", "a/b"));
        assertThat(understood(record("default/a/b", event)).version()).isEqualTo(Records.OFFSET);
        assertThat(understood(record("shard-7", event, "version", "3")).version())
                .isEqualTo(3);
        assertThat(refused(record("shard-7", event)).reason()).isEqualTo("no_key_and_no_version");
        assertThat(refused(record(null, event)).reason()).isEqualTo("no_key_and_no_version");
    }

    @Test
    void attributesAndFieldsThatNobodyKnowsAreCounted() {
        assertThat(
                        ignoredFields(
                                record(
                                        null,
                                        structured(
                                                "'subject':'a','version':7,'dataschema':'x:y','traceparent':'0','data':{'content':'x','y':1}"))))
                .isEqualTo(2);
        assertThat(ignoredFields(binary(
                        "document.delete",
                        null,
                        "ce_subject",
                        "a",
                        "ce_version",
                        "1",
                        "ce_traceparent",
                        "0",
                        "trace",
                        "0")))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "unsupported_specversion | 'specversion':'0.3'",
                "unsupported_specversion | 'specversion':1.0",
                "unsupported_specversion | 'specversion':null",
                "invalid_cloud_event     | 'source':null",
                "invalid_cloud_event     | 'id':7",
                "invalid_cloud_event     | 'type':''",
                "unknown_operation       | 'type':'org.example.document.merge'",
                "unknown_operation       | 'type':'org.example.user.delete'",
                "unknown_operation       | 'type':'org.example.mydocument.delete'",
                "unknown_operation       | 'type':'delete'",
                "unknown_operation       | 'type':'document.delete.'",
                "invalid_cloud_event     | 'data':{'op':'delete','content':'x'}",
                "invalid_cloud_event     | 'data':'x'",
                "invalid_cloud_event     | 'data':[1]",
                "invalid_cloud_event     | 'datacontenttype':'text/plain','data':{'content':'x'}",
                "invalid_cloud_event     | 'data':{'content':'x'},'data_base64':''",
                "invalid_data_base64     | 'data_base64':'_'",
                "invalid_data_base64     | 'data_base64':{}",
                "malformed_json          | 'data_base64':'e30gfQ=='",
                "not_utf8                | 'datacontenttype':'text/plain; charset=utf-8','data_base64':'/w=='",
                "unsupported_charset     | 'datacontenttype':'text/plain; charset=iso-8859-1','data':'x'",
                "missing_content         | 'datacontenttype':'text/plain'",
                "missing_id              | 'subject':null,'data':{'content':'x'}",
                "invalid_id              | 'subject':7,'data':{'content':'x'}",
                "invalid_tenant          | 'tenant':7,'data':{'content':'x'}",
                "invalid_version         | 'version':'seven','data':{'content':'x'}",
                "invalid_version         | 'version':-1,'data':{'content':'x'}",
                "invalid_version         | 'epoch':'1024','data':{'content':'x'}",
                "invalid_event_time      | 'time':'yesterday','data':{'content':'x'}",
            })
    void whatIsNoChangeIsRefusedWithACode(String reason, String attributes) throws Exception {
        assertThat(refused(record(null, overriding(attributes))).reason()).isEqualTo(reason.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/cloudevents-batch+json", "application/cloudevents+avro", "application/cloudevents"})
    void batchesAndOtherFormatsAreRefused(String contentType) {
        assertThat(refused(record(null, "[]", "content-type", contentType)).reason())
                .isEqualTo("unsupported_cloud_event");
    }

    @Test
    void headersAreReadAsStrictlyAsValues() {
        assertThat(refused(binary("document.delete", null, "ce_subject", "a", "ce_subject", "b"))
                        .reason())
                .isEqualTo("invalid_cloud_event");
        assertThat(refused(binary(UPSERT, "[]", "ce_subject", "a")).reason()).isEqualTo("not_an_object");
        RawRecord valid = binary("document.delete", null, "ce_version", "1");
        List<RawHeader> headers = new ArrayList<>(valid.headers());
        headers.add(new RawHeader("ce_subject", new byte[] {(byte) 0xC3, (byte) 0x28}));
        assertThat(refused(record(valid.key(), valid.value(), headers)).reason())
                .isEqualTo("not_utf8");
    }

    private static RawRecord binary(String type, @Nullable String data, String... headers) {
        String[] all = Stream.concat(
                        Stream.of("ce_specversion", "1.0", "ce_id", "e-1", "ce_source", "/test", "ce_type", type),
                        Stream.of(headers))
                .toArray(String[]::new);
        return record(null, data, all);
    }

    private static String structured(String attributes) {
        return "{'specversion':'1.0','id':'e-1','source':'/test','type':'%s',%s}"
                .formatted(UPSERT, attributes)
                .replace('\'', '"');
    }

    /** A valid event with some attributes replaced. */
    private static String overriding(String attributes) throws RefusedException {
        ObjectNode event = StrictJson.object(structured("'subject':'a','version':7"), "event");
        event.setAll(StrictJson.object("{" + attributes.replace('\'', '"') + "}", "attributes"));
        return event.toString();
    }
}
