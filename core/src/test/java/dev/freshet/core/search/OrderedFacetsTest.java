package dev.freshet.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.freshet.core.search.OrderedFacets.Bound;
import dev.freshet.core.search.OrderedFacets.Kind;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OrderedFacetsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long FIRST = Instant.parse("-9999-01-01T00:00:00Z").toEpochMilli();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    @Property
    void numbersAreInTheOrderOfTheirTerms(@ForAll("numbers") double one, @ForAll("numbers") double other) {
        // As numbers: 0 and -0 are equal.
        int order = one < other ? -1 : one > other ? 1 : 0;

        assertThat(order(term(DoubleNode.valueOf(one)), term(DoubleNode.valueOf(other))))
                .isEqualTo(order);
    }

    @Provide
    Arbitrary<Double> numbers() {
        Arbitrary<Double> anyBits =
                Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
        return Arbitraries.oneOf(
                anyBits,
                Arbitraries.doubles().between(-1e6, 1e6),
                Arbitraries.integers().map(Integer::doubleValue),
                Arbitraries.of(
                        0.0,
                        -0.0,
                        Double.MIN_VALUE,
                        -Double.MIN_VALUE,
                        Double.MIN_NORMAL,
                        -Double.MIN_NORMAL,
                        Double.MAX_VALUE,
                        -Double.MAX_VALUE));
    }

    @Property
    void longsAreInOrderAsTheDoublesNearestToThem(@ForAll long one, @ForAll long other) {
        assertThat(order(term(LongNode.valueOf(one)), term(LongNode.valueOf(other))))
                .isEqualTo(Double.compare((double) one, (double) other));
    }

    @Property
    void instantsAreInTheOrderOfTheirTerms(
            @ForAll("times") long one,
            @ForAll("times") long other,
            @ForAll("offsets") ZoneOffset here,
            @ForAll("offsets") ZoneOffset there) {
        assertThat(order(term(time(one, here)), term(time(other, there)))).isEqualTo(Long.compare(one, other));
    }

    @Provide
    Arbitrary<Long> times() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(FIRST, LAST),
                Arbitraries.longs().between(-5, 5),
                Arbitraries.of(FIRST, LAST));
    }

    @Provide
    Arbitrary<ZoneOffset> offsets() {
        return Arbitraries.integers()
                .between(-18 * 60, 18 * 60)
                .map(minutes -> ZoneOffset.ofTotalSeconds(60 * minutes));
    }

    @Property
    void everyTermIsBetweenTheFirstAndTheLastOfItsKeyAndKindAndOfNoOther(
            @ForAll("numbers") double number, @ForAll("times") long time) {
        for (JsonNode value : List.of(DoubleNode.valueOf(number), time(time, ZoneOffset.UTC))) {
            Bound bound = OrderedFacets.bound(value).orElseThrow();
            for (String key : List.of("k", "k=", "k=n:", "ke", "a")) {
                for (Kind kind : Kind.values()) {
                    boolean inside = order(OrderedFacets.first("k", kind), OrderedFacets.term(key, bound)) <= 0
                            && order(OrderedFacets.term(key, bound), OrderedFacets.last("k", kind)) <= 0;
                    assertThat(inside).isEqualTo(key.equals("k") && kind == bound.kind());
                }
            }
        }
    }

    @Example
    void numbersAndDatesAtTheTopAndInArraysHaveTerms() throws Exception {
        assertThat(OrderedFacets.of(JSON.readTree("""
                        {"n":1,"same":[2,2.0],"t":"1970-01-01","list":["1970-01-01T00:00:00.001Z","x"],"b":true,"none":null,"deep":{"k":1}}""")))
                .containsExactly(
                        "n=n:bff0000000000000",
                        "same=n:c000000000000000",
                        "t=t:8000000000000000",
                        "list=t:8000000000000001");
    }

    @Example
    void aDateIsItsMidnightInUtc() {
        assertThat(term(TextNode.valueOf("2026-01-31")))
                .isEqualTo(term(TextNode.valueOf("2026-01-31T00:00Z")))
                .isEqualTo(term(TextNode.valueOf("2026-01-31T01:00:00+01:00")));
    }

    @Example
    void whatIsNoNumberOrMomentHasNone() {
        List<JsonNode> none = List.of(
                DoubleNode.valueOf(Double.NaN),
                DoubleNode.valueOf(Double.NEGATIVE_INFINITY),
                BigIntegerNode.valueOf(BigInteger.TEN.pow(400)),
                TextNode.valueOf("2026"),
                TextNode.valueOf("2026-02-30"),
                TextNode.valueOf("2026-01-31T12:00:00"),
                TextNode.valueOf("2026-01-31 12:00:00Z"),
                TextNode.valueOf("on 2026-01-31"),
                TextNode.valueOf("+999999999-01-01"),
                TextNode.valueOf("2026-01-31T" + "0".repeat(10_000)),
                TextNode.valueOf(""));

        assertThat(none)
                .allSatisfy(value -> assertThat(OrderedFacets.bound(value)).isEmpty());
    }

    private static TextNode time(long epochMillis, ZoneOffset offset) {
        return TextNode.valueOf(OffsetDateTime.ofInstant(Instant.ofEpochMilli(epochMillis), offset)
                .toString());
    }

    private static String term(JsonNode value) {
        return OrderedFacets.term("k", OrderedFacets.bound(value).orElseThrow());
    }

    /** As the index compares them. */
    private static int order(String one, String other) {
        return Integer.signum(
                Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)));
    }
}
