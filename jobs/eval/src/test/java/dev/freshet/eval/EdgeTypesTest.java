package dev.freshet.eval;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.freshet.eval.judge.Question;
import dev.freshet.eval.retrieve.Retrieval;
import dev.freshet.eval.score.QueryScore;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EdgeTypesTest {
    @ParameterizedTest
    @ValueSource(classes = {Question.class, Retrieval.class, QueryScore.class})
    void travelWithoutKryo(Class<?> type) {
        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);

        assertThatCode(() -> TypeInformation.of(type).createSerializer(config)).doesNotThrowAnyException();
    }
}
