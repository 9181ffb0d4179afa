package dev.freshet.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Bodies of searches that nobody means well with: queries of every syntax there is, filters of every shape. The same seed gives the same. */
final class FuzzedSearches {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> PIECES = List.of(
            "walrus",
            "savepoint",
            "how do I",
            "\"",
            "“",
            "\"restart the job\"",
            " AND ",
            " OR NOT ",
            "+-&&||!(){}[]^~*?:\\/",
            "text:",
            "_exists_:acl",
            "*:*",
            "tenant:other",
            "acl:*",
            "/(a+)+$/",
            "(((((",
            "a".repeat(300),
            "{\"match_all\":{}}",
            "{\"script\":{\"source\":\"System.exit(1)\"}}",
            "'; DROP TABLE chunks; --",
            "${jndi:ldap://127.0.0.1/x}",
            "<script>alert(1)</script>",
            "\u0000",
            "\r\n\r\n",
            "\u001b[31m",
            "\u202e\u200b\ufeff",
            "\ud800",
            "\ud83d\ude00",
            "字字字字",
            "Ωμέγα",
            "ﷺ",
            "e\u0301".repeat(40),
            "CVE-2026-1234",
            "java.lang.NullPointerException",
            "docs/restart.md",
            "--token-vectors",
            "1e309",
            "NaN",
            "-0",
            "latest",
            "since March 2025",
            "compare a and b versus c?",
            " ",
            ".",
            "-");
    private static final List<String> KEYS = List.of(
            "team",
            "year",
            "due",
            "a.b",
            "acl",
            "tenant",
            "$acl",
            "$tenant",
            "$document_id",
            "$changed_at",
            "$symbol",
            "$entities",
            "_id",
            "text",
            "vector",
            "k y",
            "",
            "*",
            "facets",
            "$",
            "\u0000",
            "é");
    private static final List<String> OPERATORS = List.of(
            "equals", "in", "range", "exists", "and", "or", "not", "term", "script", "bool", "query_string", "");
    private static final List<String> BOUNDS = List.of("gt", "gte", "lt", "lte", "from", "boost", "format");

    private final Random random;

    FuzzedSearches(long seed) {
        this.random = new Random(seed);
    }

    String next() {
        ObjectNode body = JSON.objectNode();
        body.put("query", query());
        if (random.nextInt(3) == 0) {
            body.put("mode", List.of("hybrid", "vector", "keyword").get(random.nextInt(3)));
        }
        if (random.nextInt(4) == 0) {
            body.put(
                    "strategy",
                    List.of("auto", "standard", "hierarchical", "multi_query").get(random.nextInt(4)));
        }
        if (random.nextInt(2) == 0) {
            body.set("filter", expression(random.nextInt(5)));
        }
        if (random.nextInt(5) == 0) {
            body.putObject("filters").set(pick(KEYS), value(2));
        }
        if (random.nextInt(6) == 0) {
            body.set(
                    pick(List.of("k", "cursor", "mmr", "language", "rerank", "group_by", "collapse", "explain")),
                    value(1));
        }
        return body.toString();
    }

    private String query() {
        StringBuilder query = new StringBuilder();
        int pieces = 1 + random.nextInt(8);
        for (int i = 0; i < pieces; i++) {
            query.append(random.nextInt(5) == 0 ? junk() : pick(PIECES)).append(random.nextBoolean() ? " " : "");
        }
        return query.toString();
    }

    private String junk() {
        StringBuilder junk = new StringBuilder();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            junk.append((char) random.nextInt(random.nextBoolean() ? 128 : 0x10000));
        }
        return junk.toString();
    }

    private JsonNode expression(int depth) {
        if (random.nextInt(12) == 0) {
            return value(2);
        }
        ObjectNode expression = JSON.objectNode();
        String operator = OPERATORS.get(random.nextInt(random.nextInt(4) == 0 ? OPERATORS.size() : 7));
        switch (operator) {
            case "and", "or" -> {
                var list = expression.putArray(operator);
                for (int i = random.nextInt(4); i >= 0; i--) {
                    list.add(depth <= 0 ? value(0) : expression(depth - 1));
                }
            }
            case "not" -> expression.set(operator, depth <= 0 ? value(0) : expression(depth - 1));
            case "exists" -> expression.put(operator, pick(KEYS));
            case "range" -> {
                ObjectNode bounds = expression.putObject(operator).putObject(pick(KEYS));
                for (int i = random.nextInt(3); i >= 0; i--) {
                    bounds.set(BOUNDS.get(random.nextInt(random.nextInt(4) == 0 ? BOUNDS.size() : 4)), bound());
                }
            }
            case "in" ->
                expression
                        .putObject(operator)
                        .putArray(pick(KEYS))
                        .add(value(0))
                        .add(value(0));
            default -> expression.putObject(operator).set(pick(KEYS), value(1));
        }
        return expression;
    }

    private JsonNode bound() {
        return switch (random.nextInt(5)) {
            case 0 -> JSON.numberNode(random.nextGaussian() * 1e6);
            case 1 -> JSON.numberNode(random.nextLong());
            case 2 -> JSON.textNode("2026-01-31");
            case 3 -> JSON.textNode("2026-01-31T12:00:00Z");
            default -> value(0);
        };
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> JSON.textNode(pick(PIECES));
            case 1 -> JSON.numberNode(random.nextInt());
            case 2 -> JSON.numberNode(random.nextDouble() * Math.pow(10, random.nextInt(300)));
            case 3 -> JSON.booleanNode(random.nextBoolean());
            case 4 -> JSON.nullNode();
            case 5 -> JSON.textNode(junk());
            case 6 -> JSON.textNode("red");
            case 7 -> JSON.arrayNode().add(value(depth - 1)).add(value(depth - 1));
            default -> JSON.objectNode().set(pick(KEYS), value(depth - 1));
        };
    }

    private String pick(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
