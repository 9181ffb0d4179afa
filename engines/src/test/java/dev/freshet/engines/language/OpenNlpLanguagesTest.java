package dev.freshet.engines.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenNlpLanguagesTest {
    private final OpenNlpLanguages languages = new OpenNlpLanguages();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | Stop the job with a savepoint first, and start it again when the index has been rebuilt from its state.",
                "de | Der Dienst wird zuerst angehalten, und dann wird er mit dem neuesten Sicherungspunkt wieder gestartet.",
                "fr | Arrêtez d'abord le travail avec un point de sauvegarde, puis redémarrez-le lorsque l'index a été reconstruit.",
                "es | Primero detenga el trabajo con un punto de guardado y luego reinícielo cuando el índice se haya reconstruido.",
                "ru | Сначала остановите задание с точкой сохранения, а затем запустите его снова, когда индекс будет восстановлен. Это предложение написано по-русски, чтобы его было достаточно.",
                "ja | まずジョブをセーブポイントで停止し、それからインデックスが再構築されたら、もう一度起動してください。今日は天気がいいですね。",
                "zh | 首先使用保存点停止作业，然后在索引重建完成之后重新启动它。这个文档说明了如何在生产环境中安全地完成这些步骤，并检查所有的结果。"
            })
    void theLanguageOfATextIsTold(String code, String text) {
        assertThat(languages.detect(text)).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "OK",
                "10.0.0.1 - - [31/Jan/2026] 200 0.017",
                "for (int i = 0; i < n; i++) { x[i] += y[i]; } return tmp == null ? foo : bar(baz, qux);"
            })
    void whatIsNotCertainIsNotSaid(String text) {
        assertThat(languages.detect(text)).isNull();
    }

    @Test
    void propertiesAndCodeOfAPageDoNotCount() {
        String page = """
                ---
                title: Restarting the service in production environments quickly
                ---
                ```sh
                for file in *.txt; do echo the quick brown fox jumps over the lazy dog; done
                ```
                Der Dienst wird zuerst angehalten, und dann mit dem neuesten Sicherungspunkt wieder gestartet.
                """;

        assertThat(languages.detect(page)).isEqualTo("de");
    }
}
