package dev.freshet.ingest.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.cost.BusiestNames;
import dev.freshet.core.cost.TokenPrice;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TenantCostsTest {
    private final CollectedMetrics metrics = new CollectedMetrics();

    @Test
    void everyTenantHasItsTokensAndItsMoney() {
        TenantCosts costs = new TenantCosts(metrics.operator(), "m-1", new TokenPrice(2, "EUR"), new BusiestNames(5));

        costs.embedded("acme", 100);
        costs.embedded("acme", 400);
        costs.saved("acme", 70);
        costs.embedded("a.b", 1);

        assertThat(metrics.count("tenant.acme.model.m-1.tokensEmbedded")).isEqualTo(500);
        assertThat(metrics.count("tenant.acme.model.m-1.chunksEmbedded")).isEqualTo(2);
        assertThat(metrics.count("tenant.acme.model.m-1.tokensSaved")).isEqualTo(70);
        assertThat(metrics.count("tenant.acme.model.m-1.chunksRemembered")).isOne();
        assertThat(metrics.gauge("tenant.acme.model.m-1.currency.EUR.cost")).isEqualTo(0.001);
        assertThat(metrics.count("tenant.a%2Eb.model.m-1.tokensEmbedded")).isOne();
    }

    @Test
    void withoutAPriceThereIsNoMoney() {
        TenantCosts costs = new TenantCosts(metrics.operator(), "m", TokenPrice.NONE, new BusiestNames(5));

        costs.embedded("acme", 100);

        assertThat(metrics.labels("cost")).isZero();
    }

    @Test
    void tenantsWithoutAPlaceAreCountedTogetherAndNothingIsLost() {
        TenantCosts costs = new TenantCosts(metrics.operator(), "m", TokenPrice.NONE, new BusiestNames(2));
        costs.embedded("a", 1_000);
        costs.embedded("b", 1_000);

        IntStream.range(0, 500).forEach(i -> costs.embedded("tenant-" + i, 2));

        assertThat(metrics.labels("tokensEmbedded")).isEqualTo(3);
        assertThat(metrics.count("tenant.other.model.m.tokensEmbedded")).isEqualTo(1_000);
    }

    @Test
    void aTenantThatBecomesBusyGetsALabelAndTheOneThatWasLeastBusyLosesIt() {
        TenantCosts costs = new TenantCosts(metrics.operator(), "m", TokenPrice.NONE, new BusiestNames(2));
        costs.embedded("a", 1_000);
        costs.embedded("b", 10);

        costs.embedded("c", 15);
        costs.embedded("c", 15);

        assertThat(metrics.has("tenant.b.model.m.tokensEmbedded")).isFalse();
        assertThat(metrics.count("tenant.other.model.m.tokensEmbedded")).isEqualTo(15);
        assertThat(metrics.count("tenant.c.model.m.tokensEmbedded")).isEqualTo(15);
    }

    @Test
    void theSubtasksOfAProcessGiveLabelsToTheSameTenants() {
        BusiestNames tenants = new BusiestNames(1);
        CollectedMetrics others = new CollectedMetrics();
        TenantCosts one = new TenantCosts(metrics.operator(), "m", TokenPrice.NONE, tenants);
        TenantCosts other = new TenantCosts(others.operator(), "m", TokenPrice.NONE, tenants);

        one.embedded("a", 10);
        other.embedded("b", 10);

        assertThat(others.has("tenant.b.model.m.tokensEmbedded")).isFalse();
        assertThat(others.count("tenant.other.model.m.tokensEmbedded")).isEqualTo(10);
    }
}
