package dev.freshet.core.envelope;

import static dev.freshet.core.envelope.Records.ignoredFields;
import static dev.freshet.core.envelope.Records.record;
import static dev.freshet.core.envelope.Records.refused;
import static dev.freshet.core.envelope.Records.understood;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.ChangeOrder;
import dev.freshet.core.document.ContentReference;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.document.DocumentFilter;
import dev.freshet.core.document.DocumentKey;
import dev.freshet.core.document.FieldsPatch;
import dev.freshet.core.document.Operation;
import dev.freshet.core.document.Priority;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the native envelope can say beside whole texts and deletes of one document. */
class NativeChangeTest {
    private static final String SHA_256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    @Test
    void aPatchHasWhatItReplacesAndNothingElse() {
        DocumentChange both = understood(record(
                "acme/a",
                "{'op':'patch','id':'a','metadata':{'b':1,'a':'x'},'acl':['u:2','u:1','u:2']}".replace('\'', '"')));
        assertThat(both.operation()).isEqualTo(Operation.PATCH);
        assertThat(both.key()).isEqualTo(new DocumentKey("acme", "a"));
        assertThat(both.version()).isEqualTo(Records.OFFSET);
        assertThat(both.patch()).isEqualTo(new FieldsPatch("{\"a\":\"x\",\"b\":1}", List.of("u:1", "u:2")));
        assertThat(both.fields()).isNull();

        assertThat(understood(record("acme/a", "{\"op\":\"patch\",\"id\":\"a\",\"metadata\":{}}"))
                        .patch())
                .isEqualTo(new FieldsPatch("{}", null));
        assertThat(understood(record("acme/a", "{\"op\":\"patch\",\"id\":\"a\",\"acl\":[\"*\"]}"))
                        .patch())
                .isEqualTo(new FieldsPatch(null, List.of("*")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "invalid_priority      | 'op':'delete','id':'a','version':1,'priority':'urgent'",
                "invalid_priority      | 'op':'delete','id':'a','version':1,'priority':1",
                "invalid_patch         | 'op':'patch','id':'a'",
                "invalid_patch         | 'op':'patch','id':'a','acl':null",
                "invalid_patch         | 'op':'patch','id':'a','acl':['x'],'metadata':null",
                "invalid_patch         | 'op':'patch','id':'a','acl':['x'],'title':'t'",
                "invalid_patch         | 'op':'patch','id':'a','acl':['x'],'title':null",
                "invalid_patch         | 'op':'patch','id':'a','acl':['x'],'content':'t'",
                "invalid_patch         | 'op':'patch','id':'a','acl':['x'],'content_base64':''",
                "invalid_patch         | 'op':'patch','id':'a','acl':['x'],'content_ref':{}",
                "invalid_patch         | 'op':'patch','id':'a','acl':['x'],'content_type':'t'",
                "invalid_patch         | 'op':'patch','id':'a','acl':['x'],'uri':'t'",
                "unexpected_filter     | 'op':'patch','id':'a','acl':['x'],'filter':{}",
                "unexpected_filter     | 'op':'delete','id':'a','filter':{'id_prefix':'b'}",
                "missing_id            | 'op':'delete','filter':{'id_prefix':'b'}",
                "missing_content       | 'op':'upsert','id':'a','content':null",
                "ambiguous_content     | 'op':'upsert','id':'a','content':'','content_base64':''",
                "ambiguous_content     | 'op':'upsert','id':'a','content':'','content_ref':{'uri':'s3://b/k'}",
                "invalid_content_base64| 'op':'upsert','id':'a','content_base64':'YQ'",
                "invalid_content_base64| 'op':'upsert','id':'a','content_base64':'YR=='",
                "invalid_content_base64| 'op':'upsert','id':'a','content_base64':'YWJj\\n'",
                "invalid_content_base64| 'op':'upsert','id':'a','content_base64':'_-=='",
                "invalid_content_base64| 'op':'upsert','id':'a','content_base64':1",
                "not_utf8              | 'op':'upsert','id':'a','content_base64':'/w==','content_type':'text/plain; charset=utf-8'",
                "wrong_charset         | 'op':'upsert','id':'a','content_base64':'/w==','content_type':'text/x-go; charset=us-ascii'",
                "unsupported_charset   | 'op':'upsert','id':'a','content_base64':'/w==','content_type':'text/plain; charset=klingon'",
                "invalid_content_ref   | 'op':'upsert','id':'a','content_ref':'s3://b/k'",
                "invalid_content_ref   | 'op':'upsert','id':'a','content_ref':{}",
                "invalid_content_ref   | 'op':'upsert','id':'a','content_ref':{'uri':'s3://b/k','sha256':'abc'}",
                "invalid_content_ref   | 'op':'upsert','id':'a','content_ref':{'uri':'s3://b/k','sha256':7}",
                "unexpected_id         | 'op':'delete_by_filter','id':'a','version':1,'filter':{'id_prefix':'b'}",
                "missing_filter        | 'op':'delete_by_filter','version':1",
                "missing_version       | 'op':'delete_by_filter','filter':{'id_prefix':'b'}",
                "invalid_filter        | 'op':'delete_by_filter','version':1,'filter':'x'",
                "invalid_filter        | 'op':'delete_by_filter','version':1,'filter':{}",
                "invalid_filter        | 'op':'delete_by_filter','version':1,'filter':{'metadata':{}}",
                "invalid_filter        | 'op':'delete_by_filter','version':1,'filter':{'id_prefix':'b','metadata':{}}",
                "invalid_filter        | 'op':'delete_by_filter','version':1,'filter':{'metadata':null}",
                "invalid_filter        | 'op':'delete_by_filter','version':1,'filter':{'metadata':{'a':null}}",
                "invalid_filter        | 'op':'delete_by_filter','version':1,'filter':{'metadata':{'a':['x']}}",
                "invalid_filter        | 'op':'delete_by_filter','version':1,'filter':{'metadata':{'a':'\\ud800'}}",
                "invalid_metadata      | 'op':'delete_by_filter','version':1,'filter':{'metadata':{'a b':'x'}}",
                "invalid_filter        | 'op':'delete_by_filter','version':1,'filter':{'id_prefix':''}",
                "invalid_filter        | 'op':'delete_by_filter','version':1,'filter':{'id_prefix':7}",
                "invalid_filter        | 'op':'delete_by_filter','version':1,'filter':{'id_prefix':'b','uri':'x'}",
                "invalid_filter        | 'op':'delete_by_filter','version':1,'metadata':{'a':1},'filter':{'id_prefix':'b'}",
                "unknown_operation     | 'op':'delete-by-filter','version':1,'filter':{'id_prefix':'b'}",
                "unknown_operation     | 'op':'UPSERT','id':'a','content':''",
            })
    void whatIsUnclearIsRefusedWithACode(String reason, String fields) {
        assertThat(refused(record(null, ("{" + fields + "}").replace('\'', '"')))
                        .reason())
                .isEqualTo(reason.strip());
    }

    @ParameterizedTest
    @CsvSource({
        "'', LIVE",
        "'\"priority\":null,', LIVE",
        "'\"priority\":\"live\",', LIVE",
        "'\"priority\":\"backfill\",', BACKFILL"
    })
    void aChangeIsLiveUnlessItSaysThatItIsOneOfMany(String field, Priority priority) {
        for (String operation : List.of("'op':'upsert','content':'x'", "'op':'patch','acl':['*']", "'op':'delete'")) {
            String value = "{" + field + operation.replace('\'', '"') + ",\"id\":\"a\"}";
            assertThat(understood(record("acme/a", value)).priority()).isEqualTo(priority);
            assertThat(ignoredFields(record("acme/a", value))).isZero();
        }
    }

    @Test
    void contentMayComeAsBytes() {
        DocumentChange change = understood(
                record("acme/a", "{\"op\":\"upsert\",\"id\":\"a\",\"content_base64\":\"R3LDvMOfZQ0KYXVzIEvDtmxu\"}"));

        assertThat(change.text()).as("in canonical form").isEqualTo("Grüße\naus Köln");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "text/html; charset=utf-8  | 'content':'<p>x','content_type':'text/html; charset=iso-8859-1'",
                "message/rfc822; charset=utf-8 | 'content':'Subject: x','content_type':'message/rfc822'",
                "application/pdf           | 'content_base64':'JVBERi0=','content_type':'application/pdf'",
                "text/plain                | 'content_base64':'JVBERi0='",
                "text/x-go                 | 'content_base64':'/w==','content_type':'text/x-go'",
                "application/octet-stream  | 'content_base64':'YQ==','content_type':'application/octet-stream'",
            })
    void whatIsNoTextYetIsLeftToTheExtractor(String type, String fields) {
        DocumentChange change =
                understood(record("acme/a", ("{\"op\":\"upsert\",\"id\":\"a\"," + fields.replace('\'', '"') + "}")));

        assertThat(change.text()).isNull();
        assertThat(change.content()).isNotEmpty();
        assertThat(change.fields())
                .isNotNull()
                .satisfies(stated -> assertThat(stated.contentType()).isEqualTo(type.strip()));
    }

    @ParameterizedTest
    @CsvSource({"notes/a.pdf,application/pdf", "A.HTML,text/html", "a.go,text/x-go", "a.unknown,text/plain"})
    void bytesWithoutATypeAreOfThatOfTheirName(String id, String type) {
        DocumentChange change = understood(
                record("acme/" + id, "{\"op\":\"upsert\",\"id\":\"%s\",\"content_base64\":\"YQ==\"}".formatted(id)));

        assertThat(change.fields())
                .isNotNull()
                .satisfies(stated -> assertThat(stated.contentType()).isEqualTo(type));
    }

    @Test
    void aPageStatesItsTitleInItsFrontMatterAndKeepsIt() {
        String page = "---\\ntitle: 'Don''t panic'\\n---\\n# Other";
        DocumentFields untitled = fields("\"content\":\"" + page + "\",\"content_type\":\"text/markdown\"");
        DocumentFields titled =
                fields("\"title\":\"T\",\"content\":\"" + page + "\",\"content_type\":\"text/markdown\"");
        DocumentFields plain = fields("\"content\":\"" + page + "\"");

        assertThat(untitled.title()).isEqualTo("Don't panic");
        assertThat(titled.title()).isEqualTo("T");
        assertThat(plain.title()).isNull();
    }

    private static DocumentFields fields(String content) {
        return Objects.requireNonNull(understood(record("acme/a", "{\"op\":\"upsert\",\"id\":\"a\"," + content + "}"))
                .fields());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///var/docs/a%20b.md",
                "file:/var/docs/a.md",
                "https://example.org/a?b=c",
                "HTTPS://example.org",
                "s3://my_bucket/a/b.md"
            })
    void contentMayLieElsewhere(String uri) {
        DocumentChange change = understood(record(
                "acme/a",
                "{\"op\":\"upsert\",\"id\":\"a\",\"title\":\"T\",\"content_ref\":{\"uri\":\"%s\",\"sha256\":\"%s\"}}"
                        .formatted(uri, SHA_256.toUpperCase(java.util.Locale.ROOT))));

        assertThat(change.text()).isNull();
        assertThat(change.reference()).isEqualTo(new ContentReference(uri, SHA_256));
        assertThat(change.fields())
                .isNotNull()
                .satisfies(fields -> assertThat(fields.title()).isEqualTo("T"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/a",
                "ftp://example.org/a",
                "/var/docs/a.md",
                "a.md",
                "file:a.md",
                "file://host/a.md",
                "https:",
                "https:///a",
                "https://exa mple.org",
                "s3:///key",
                "jar:file:/a.jar!/b",
                "https://example.org/\uFFFD"
            })
    void onlySomePlacesAreFetchedFrom(String uri) {
        assertThat(refused(record(
                                "acme/a",
                                "{\"op\":\"upsert\",\"id\":\"a\",\"content_ref\":{\"uri\":\"%s\"}}".formatted(uri)))
                        .reason())
                .isEqualTo("invalid_content_ref");
    }

    @Test
    void fieldsOfAReferenceThatNobodyKnowsAreCountedToo() {
        assertThat(ignoredFields(record(
                        "acme/a",
                        "{\"op\":\"upsert\",\"id\":\"a\",\"content_ref\":{\"uri\":\"s3://b/k\",\"size\":7},\"x\":1}")))
                .isEqualTo(2);
    }

    @Test
    void aFilterIsReadAsTheIndexKnowsMetadata() {
        DocumentChange change = understood(record("acme/anything", """
                {"op":"delete_by_filter","version":7,"filter":{"id_prefix":"wiki/",
                 "metadata":{"team":"x=y","a.b":true,"level":1.0}}}"""));

        assertThat(change.operation()).isEqualTo(Operation.DELETE_BY_FILTER);
        assertThat(change.tenant()).isEqualTo("acme");
        assertThat(change.documentId()).isEmpty();
        assertThat(change.order()).isEqualTo(new ChangeOrder(0, 7));
        assertThat(change.filter()).isEqualTo(new DocumentFilter(List.of("a.b=true", "level=1", "team=x=y"), "wiki/"));
    }

    @Test
    void aConditionLongerThanAnyFacetIsRefused() {
        String value = "{\"op\":\"delete_by_filter\",\"version\":7,\"filter\":{\"metadata\":{\"a\":\"%s\"}}}";

        assertThat(refused(record(null, value.formatted("x".repeat(1023)))).reason())
                .isEqualTo("invalid_filter");
        assertThat(understood(record(null, value.formatted("x".repeat(1022)))).tenant())
                .isEqualTo(ChangeReader.DEFAULT_TENANT);
    }

    @ParameterizedTest
    @CsvSource({
        // key, tenant in the value, tenant of the delete or reason of the refusal
        ", , default",
        ", acme, acme",
        "acme/, acme, acme",
        "acme/, , acme",
        "acme/x, acme, acme",
        "acme, acme, acme",
        "x, default, default",
        "other/, acme, key_mismatch",
        "x, acme, key_mismatch",
        "acme, , missing_tenant",
        "'{\"tenant\":\"acme\"}', , acme",
        "'{\"tenant\":\"acme\"}', other, key_mismatch",
        "'{\"shard\":1}', acme, acme",
        "'{\"shard\":1}', , missing_tenant",
        ", a/b, invalid_tenant",
    })
    void aDeleteByFilterIsOfOneTenantBeyondDoubt(String key, String tenant, String expected) {
        String value = "{\"op\":\"delete_by_filter\",%s\"version\":1,\"filter\":{\"id_prefix\":\"a\"}}"
                .formatted(tenant == null ? "" : "\"tenant\":\"" + tenant + "\",");

        EnvelopeOutcome outcome = new ChangeReader(1000).read(record(key, value));

        assertThat(
                        switch (outcome) {
                            case EnvelopeOutcome.Understood understood ->
                                understood.change().tenant();
                            case EnvelopeOutcome.Refused refused -> refused.reason();
                        })
                .isEqualTo(expected);
    }

    @Test
    void orderComesFromTheValueElseFromTheHeadersElseFromTheOffset() {
        String bare = "{\"op\":\"delete\",\"id\":\"a\"}";
        String stated = "{\"op\":\"delete\",\"id\":\"a\",\"version\":7,\"epoch\":1}";

        assertThat(understood(record("acme/a", stated, "version", "99", "epoch", "3"))
                        .order())
                .isEqualTo(new ChangeOrder(1, 7));
        assertThat(understood(record("acme/a", bare, "version", "99", "epoch", "3"))
                        .order())
                .isEqualTo(new ChangeOrder(3, 99));
        assertThat(understood(record("acme/a", bare)).order()).isEqualTo(new ChangeOrder(0, Records.OFFSET));
        assertThat(understood(record(null, bare, "version", "99")).order()).isEqualTo(new ChangeOrder(0, 99));
        assertThat(understood(record(
                                null,
                                "{\"op\":\"delete_by_filter\",\"filter\":{\"id_prefix\":\"a\"}}",
                                "version",
                                "99"))
                        .order())
                .isEqualTo(new ChangeOrder(0, 99));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1.0", " 1", "x", "9223372036854775807", "9007199254740992", "١"})
    void aHeaderThatIsNoVersionIsRefused(String version) {
        assertThat(refused(record("acme/a", "{\"op\":\"delete\",\"id\":\"a\"}", "version", version))
                        .reason())
                .isEqualTo("invalid_version");
    }
}
