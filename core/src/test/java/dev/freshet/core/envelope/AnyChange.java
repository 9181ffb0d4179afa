package dev.freshet.core.envelope;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Made-up changes in the fields of the native envelope: all that a change of one document can say. */
final class AnyChange {
    /** Where milliseconds end to be a time that an index takes. */
    private static final long YEAR_9999 = 253_370_000_000_000L;

    private AnyChange() {}

    static Arbitrary<ObjectNode> upsert() {
        Arbitrary<ObjectNode> content = Arbitraries.oneOf(
                texts().map(text -> object("content", Json.MAPPER.valueToTree(text))),
                bytes().map(bytes -> object("content_base64", Json.MAPPER.valueToTree(bytes))),
                reference().map(reference -> object("content_ref", reference)));
        return Combinators.combine(identity("upsert"), content, extras(), fields())
                .as((identity, form, extras, fields) -> merge(identity, form, extras, fields));
    }

    static Arbitrary<ObjectNode> patch() {
        return Combinators.combine(identity("patch"), fields())
                .filter((identity, fields) -> !fields.isEmpty())
                .as((identity, fields) -> merge(identity, fields));
    }

    static Arbitrary<ObjectNode> delete() {
        return identity("delete");
    }

    static Arbitrary<ObjectNode> deleteByFilter() {
        Arbitrary<ObjectNode> filter = Combinators.combine(
                        scalars().map(AnyChange::ofMap).injectNull(0.3), ids().injectNull(0.3))
                .filter((metadata, prefix) -> metadata != null || prefix != null)
                .as((metadata, prefix) -> {
                    ObjectNode conditions = Json.MAPPER.createObjectNode();
                    if (metadata != null) {
                        conditions.set("metadata", metadata);
                    }
                    if (prefix != null) {
                        conditions.put("id_prefix", prefix);
                    }
                    return object("filter", conditions);
                });
        return Combinators.combine(identity("delete_by_filter"), filter).as((identity, conditions) -> {
            identity.remove("id");
            return merge(identity, conditions);
        });
    }

    private static Arbitrary<ObjectNode> identity(String op) {
        return Combinators.combine(
                        Arbitraries.strings()
                                .withCharRange('a', 'z')
                                .ofMinLength(1)
                                .ofMaxLength(8),
                        ids(),
                        Arbitraries.longs().between(1, (1L << 53) - 1),
                        Arbitraries.longs().between(0, 1023),
                        Arbitraries.longs().between(0, YEAR_9999))
                .as((tenant, id, version, epoch, millis) -> Json.MAPPER
                        .createObjectNode()
                        .put("op", op)
                        .put("tenant", tenant)
                        .put("id", id)
                        .put("version", version)
                        .put("epoch", epoch)
                        .put("event_time", Instant.ofEpochMilli(millis).toString()));
    }

    /** Ids of digits alone, which databases have as numbers, and of what else may stand in one. */
    private static Arbitrary<String> ids() {
        return Arbitraries.oneOf(
                Arbitraries.longs().greaterOrEqual(0).map(String::valueOf),
                Arbitraries.strings()
                        .withCharRange(' ', '~')
                        .withChars('ä', 'ß', '水', '\u200D')
                        .ofMinLength(1)
                        .ofMaxLength(20)
                        .filter(id -> !id.isBlank()));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(Arbitraries.strings(), Arbitraries.just("# A\r\n\r\nb\u0301 \uD83D\uDE00 \uD800"));
    }

    private static Arbitrary<byte[]> bytes() {
        return texts().map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private static Arbitrary<ObjectNode> reference() {
        Arbitrary<String> paths =
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(9);
        return Combinators.combine(Arbitraries.of("s3://bucket/", "https://example.org/", "file:///var/"), paths)
                .as((place, path) ->
                        Json.MAPPER.createObjectNode().put("uri", place + path).put("sha256", "0A".repeat(32)));
    }

    private static Arbitrary<ObjectNode> extras() {
        Arbitrary<Map<String, JsonNode>> some = Arbitraries.maps(
                        Arbitraries.of("title", "uri", "content_type"),
                        Arbitraries.strings().ofMaxLength(20))
                .map(map -> Json.MAPPER.convertValue(map, new TypeReference<>() {}));
        return some.map(AnyChange::ofMap);
    }

    private static Arbitrary<ObjectNode> fields() {
        Arbitrary<JsonNode> list = Arbitraries.strings().list().ofMaxSize(3).map(Json.MAPPER::valueToTree);
        Arbitrary<ObjectNode> metadata = Arbitraries.maps(keys(), Arbitraries.oneOf(scalar(), list))
                .ofMaxSize(4)
                .map(AnyChange::ofMap);
        Arbitrary<List<String>> acl = Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(10)
                .filter(principal -> !principal.isBlank())
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
        return Combinators.combine(metadata.injectNull(0.3), acl.injectNull(0.3))
                .as((map, principals) -> {
                    ObjectNode fields = Json.MAPPER.createObjectNode();
                    if (map != null) {
                        fields.set("metadata", map);
                    }
                    if (principals != null) {
                        fields.set("acl", Json.MAPPER.valueToTree(principals));
                    }
                    return fields;
                });
    }

    private static Arbitrary<Map<String, JsonNode>> scalars() {
        return Arbitraries.maps(
                        keys(), scalar().filter(value -> !value.asText().matches("(?s).*[\\uD800-\\uDFFF\\uFFFD].*")))
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static Arbitrary<String> keys() {
        return Arbitraries.strings().withChars("abcXYZ019_.-").ofMinLength(1).ofMaxLength(8);
    }

    private static Arbitrary<JsonNode> scalar() {
        return Arbitraries.oneOf(
                Arbitraries.strings().map(Json.MAPPER::valueToTree),
                Arbitraries.longs().map(Json.MAPPER::valueToTree),
                Arbitraries.doubles().map(Json.MAPPER::valueToTree),
                Arbitraries.of(true, false).map(Json.MAPPER::valueToTree));
    }

    private static ObjectNode ofMap(Map<String, JsonNode> map) {
        ObjectNode object = Json.MAPPER.createObjectNode();
        object.setAll(map);
        return object;
    }

    private static ObjectNode object(String field, JsonNode value) {
        return Json.MAPPER.createObjectNode().set(field, value);
    }

    private static ObjectNode merge(ObjectNode... parts) {
        ObjectNode all = Json.MAPPER.createObjectNode();
        for (ObjectNode part : parts) {
            all.setAll(part);
        }
        return all;
    }
}
