package dev.freshet.core.describe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class EntitiesTest {
    @Test
    void datesInTheUsualFormsAreOneForm() {
        assertThat(Entities.of("On 2026-01-31, on 31 January 2026, on 31. Jan 2026 and on January 31st, 2026."))
                .containsExactly("date:2026-01-31");
        assertThat(Entities.of("May 5, 2025; not 2026-13-01, not Maybe 5 2025")).containsExactly("date:2025-05-05");
    }

    @Test
    void versionsAreKnownWithAndWithoutTheirLetter() {
        assertThat(Entities.of("Upgrade v3 and 3.5.0 to v4.1.2-rc1, not 3.5"))
                .containsExactly("version:3", "version:3.5.0", "version:4.1.2-rc1");
    }

    @Test
    void identifiersOfTicketsAdvisoriesAndCode() {
        assertThat(Entities.of(
                        "See ABC-123 and CVE-2026-12345: call index_writer or ChunkDocument.chunkId at 10.0.0.1."))
                .containsExactly(
                        "identifier:ABC-123",
                        "identifier:CVE-2026-12345",
                        "identifier:index_writer",
                        "identifier:ChunkDocument",
                        "identifier:chunkId",
                        "identifier:10.0.0.1");
    }

    @Test
    void plainWordsAreNone() {
        assertThat(Entities.of("Just a sentence, with a well-known 1-2-3 and nothing else."))
                .isEmpty();
    }

    @Test
    void mentionsSayWhereTheEntitiesStand() {
        String text = "ABC-123 of 31 January 2026, not v3: ABC-123";

        assertThat(Entities.mentions(text))
                .containsExactly(
                        new Mention("identifier:ABC-123", 0, 7),
                        new Mention("date:2026-01-31", 11, 26),
                        new Mention("version:3", 32, 34),
                        new Mention("identifier:ABC-123", 36, 43));
        assertThat(Entities.mentions(text)).filteredOn(Mention::isDate).hasSize(1);
        assertThat(Entities.mentions("ABC-123 ".repeat(100))).hasSize(32);
    }

    @Test
    void noTextTakesLong() {
        for (String part : new String[] {"a_", "aB", "A-1", "1.1.", "31 Jan ", "x".repeat(50) + "_", "Aa"}) {
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> Entities.of(part.repeat(1_000_000 / part.length())));
        }
    }
}
