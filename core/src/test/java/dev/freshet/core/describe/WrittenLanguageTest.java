package dev.freshet.core.describe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenLanguageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "en|Stop the job with a savepoint, and then start it from that one.",
                "de|Der Auftrag wird mit einem Sicherungspunkt angehalten und von dem neu gestartet.",
                "fr|Les données ne sont pas dans le journal, et le service est arrêté pour la nuit.",
                "es|El servicio se detiene con un punto de control y los datos no se pierden por eso.",
                "it|Il servizio non è attivo e i dati che sono nel registro vengono letti più tardi.",
                "pt|Os dados não são perdidos e o serviço é iniciado mais tarde pela equipa com uma cópia.",
                "nl|De dienst wordt gestopt en de gegevens zijn niet verloren, want het staat op een schijf.",
                "ja|この文書は日本語で書かれています。",
                "zh|这份文件是用中文写的。",
                "ko|이 문서는 한국어로 작성되었습니다.",
                "ru|Этот документ написан на русском языке.",
                "uk|Цей документ написаний українською мовою, її знають усі.",
                "el|Αυτό το έγγραφο είναι γραμμένο στα ελληνικά.",
                "ar|هذه الوثيقة مكتوبة باللغة العربية.",
                "he|המסמך הזה כתוב בעברית.",
                "-|Kafka Flink OpenSearch 3.5.0",
                "-|12345 67890"
            })
    void aLanguageIsNamedWhereTheTextTells(String language, String text) {
        assertThat(WrittenLanguage.of(text)).isEqualTo(language == null ? "" : language);
    }
}
