package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.core.envelope.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SearchVariantTest {
    private final SearchVariant.Converter converter = new SearchVariant.Converter();

    @Test
    void itsFieldsAreAddedToTheRequest() throws IOException {
        SearchVariant variant = converter.convert("late={\"mode\":\"hybrid\",\"rerank\":{\"a\":\"b=c\"}}");

        assertThat(variant.name()).isEqualTo("late");
        assertThat(Json.MAPPER.readTree(variant.body("what is \"it\"?", 20))).isEqualTo(Json.MAPPER.readTree("""
                        {"query": "what is \\"it\\"?", "k": 20, "group_by": "document", "mode": "hybrid", "rerank": {"a": "b=c"}}
                        """));
    }

    @Test
    void aFieldOfTheRequestItselfMayBeOtherwise() throws IOException {
        byte[] body = SearchVariant.of("few", "{\"k\":5}").body("why", 100);

        assertThat(Json.MAPPER.readTree(body).path("k").intValue()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hybrid", "={}", "a=", "a=[]", "a={\"mode\"", "a=\"text\""})
    void whatIsNoNameWithFieldsIsRefused(String value) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> converter.convert(value))
                .withMessageContaining(value.startsWith("a=") ? "'a'" : value);
    }
}
