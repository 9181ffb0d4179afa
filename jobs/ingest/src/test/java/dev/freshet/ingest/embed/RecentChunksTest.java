package dev.freshet.ingest.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.document.DocumentKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentChunksTest {
    private static final DocumentKey A = new DocumentKey("acme", "a");
    private static final DocumentKey B = new DocumentKey("acme", "b");
    private static final DocumentKey OTHER_TENANT = new DocumentKey("other", "b");

    private final RecentChunks recent = new RecentChunks();

    @Test
    void twoKeysInCommonWithAnotherDocumentMakeANearDuplicate() {
        assertThat(recent.addAndCompare(A, List.of("1", "2", "3"))).isFalse();

        assertThat(recent.addAndCompare(B, List.of("2", "3", "4"))).isTrue();
    }

    @Test
    void oneKeyInCommonIsChance() {
        recent.addAndCompare(A, List.of("1", "2", "3"));

        assertThat(recent.addAndCompare(B, List.of("3", "4", "5"))).isFalse();
    }

    @Test
    void aDocumentDoesNotRepeatItself() {
        recent.addAndCompare(A, List.of("1", "2"));

        assertThat(recent.addAndCompare(A, List.of("1", "2"))).isFalse();
    }

    @Test
    void tenantsDoNotSeeEachOther() {
        recent.addAndCompare(A, List.of("1", "2"));

        assertThat(recent.addAndCompare(OTHER_TENANT, List.of("1", "2"))).isFalse();
    }

    @Test
    void whatCameLongAgoIsForgotten() {
        recent.addAndCompare(A, List.of("1", "2"));
        for (int i = 0; i < 100_000; i++) {
            recent.addAndCompare(A, List.of("x" + i));
        }

        assertThat(recent.addAndCompare(B, List.of("1", "2"))).isFalse();
    }
}
