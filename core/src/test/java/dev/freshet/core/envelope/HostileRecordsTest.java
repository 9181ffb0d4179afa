package dev.freshet.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.RawRecord;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Megabytes of what makes careless readers slow. Linear effort takes a moment; effort that grows with the square would take hours,
 * which is what the deadline is for.
 */
class HostileRecordsTest {
    private static final int SIZE = 4 << 20;

    @ParameterizedTest
    @MethodSource("records")
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aRecordTakesTimeInProportionToItsSize(RawRecord record) {
        assertThat(new ChangeReader(Integer.MAX_VALUE).read(record)).isNotNull();
    }

    private static Stream<Named<RawRecord>> records() {
        return Stream.of(
                value("escapes", upsert("\"content\":\"" + "\\u0041".repeat(SIZE / 6) + "\"")),
                value("lone surrogates", upsert("\"content\":\"" + "\\ud800".repeat(SIZE / 6) + "\"")),
                value("combining marks", upsert("\"content\":\"a" + "\u0301\u0323".repeat(SIZE / 4) + "\"")),
                value("base64", upsert("\"content_base64\":\"" + "QUFB".repeat(SIZE / 4) + "\"")),
                value("brackets", "[".repeat(SIZE)),
                value("braces", "{\"a\":".repeat(SIZE / 5)),
                value("spaces", " ".repeat(SIZE)),
                value("digits", upsert("\"content\":\"\",\"version\":" + "9".repeat(SIZE))),
                value("a long id", "{\"op\":\"delete\",\"id\":\"" + "a".repeat(SIZE) + "\"}"),
                value("names", upsert("\"content\":\"\"," + fields(i -> "name" + i))),
                value("names of one hash", upsert("\"content\":\"\"," + fields(HostileRecordsTest::ofOneHash))),
                value("metadata", upsert("\"content\":\"\",\"metadata\":{" + fields(i -> "name" + i) + "}")),
                value("acl", upsert("\"content\":\"\",\"acl\":[\"a\"" + ",\"b\"".repeat(SIZE / 4) + "]")),
                value(
                        "a filter",
                        "{\"op\":\"delete_by_filter\",\"version\":1,\"filter\":{\"metadata\":{"
                                + fields(i -> "name" + i) + "}}}"),
                value(
                        "JSON in a column",
                        "{\"op\":\"c\",\"after\":{\"id\":1,\"version\":1,\"content\":\"\",\"metadata\":\""
                                + "[".repeat(SIZE) + "\"}}"),
                value(
                        "columns",
                        "{\"op\":\"c\",\"after\":{\"id\":1,\"version\":1,\"content\":\"\"," + fields(i -> "c" + i)
                                + "}}"),
                value(
                        "a type of a CloudEvent",
                        "{\"specversion\":\"1.0\",\"id\":\"e\",\"source\":\"s\",\"type\":\""
                                + "document.".repeat(SIZE / 9) + "\"}"),
                named("a content type", Records.record(null, "{}", "content-type", "; charset=".repeat(SIZE / 10))),
                named(
                        "headers",
                        Records.record(
                                null,
                                "{}",
                                IntStream.range(0, 100_000)
                                        .mapToObj(i -> "ce_" + ofOneHash(i / 2))
                                        .toArray(String[]::new))),
                named("a key of spaces", Records.record("{" + " ".repeat(60_000), null)),
                named("a key of braces", Records.record("{\"a\":".repeat(10_000), null)));
    }

    private static Named<RawRecord> value(String name, String value) {
        return named(name, Records.record("default/a", value));
    }

    private static Named<RawRecord> named(String name, RawRecord record) {
        return Named.of(name, record);
    }

    private static String upsert(String fields) {
        return "{\"op\":\"upsert\",\"id\":\"a\"," + fields + "}";
    }

    private static String fields(IntFunction<String> name) {
        return IntStream.range(0, SIZE / 64)
                .mapToObj(i -> "\"" + name.apply(i) + "\":1")
                .collect(Collectors.joining(","));
    }

    /** Texts of 34 characters with the same hash code: "ab" and "bA" are worth the same in it. */
    private static String ofOneHash(int i) {
        return Integer.toBinaryString(1 << 16 | i).replace("0", "ab").replace("1", "bA");
    }
}
