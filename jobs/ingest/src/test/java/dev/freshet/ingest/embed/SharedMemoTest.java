package dev.freshet.ingest.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.embed.EmbedOutcome.Embedded;
import dev.freshet.core.embed.ModelIdentity;
import dev.freshet.core.lease.Leases.Lease;
import org.junit.jupiter.api.Test;

class SharedMemoTest {
    private static final ModelIdentity MODEL = new ModelIdentity("memo-test", "", "mean", "", "", 2, 512);
    private static final Embedded EMBEDDED = new Embedded(new float[2], 3);

    @Test
    void subtasksOfAProcessShareWhatTheyRememberOfAModel() {
        ModelIdentity other = new ModelIdentity("memo-test-2", "", "mean", "", "", 2, 512);
        try (Lease<SharedMemo> one = SharedMemo.lease(MODEL, 1 << 20);
                Lease<SharedMemo> two = SharedMemo.lease(MODEL, 1 << 20);
                Lease<SharedMemo> ofAnotherModel = SharedMemo.lease(other, 1 << 20)) {
            one.value().vectors().put("key", EMBEDDED);

            assertThat(two.value().vectors().get("key")).isSameAs(EMBEDDED);
            assertThat(ofAnotherModel.value().vectors().get("key")).isNull();
        }
    }

    @Test
    void theLastLeaseThatIsClosedForgetsAll() {
        Lease<SharedMemo> one = SharedMemo.lease(MODEL, 1 << 20);
        try (Lease<SharedMemo> two = SharedMemo.lease(MODEL, 1 << 20)) {
            one.value().vectors().put("key", EMBEDDED);
            one.close();
            one.close();
            assertThat(two.value().vectors().get("key")).isNotNull();
        }

        try (Lease<SharedMemo> later = SharedMemo.lease(MODEL, 1 << 20)) {
            assertThat(later.value().vectors().get("key")).isNull();
        }
    }
}
