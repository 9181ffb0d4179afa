package dev.freshet.ingest;

import dev.freshet.core.cost.TokenPrice;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What the embedder's tokens cost, so that metrics and {@code freshet status} can say it in money. */
final class CostOptions {
    private static final Pattern CURRENCY = Pattern.compile("[A-Za-z]{1,10}");

    @Option(
            names = "--embedder-price-per-million",
            defaultValue = "0",
            description =
                    "Of the embedder's tokens, such as 0.02; 0: costs are told in tokens only. Default: ${DEFAULT-VALUE}")
    double perMillion;

    @Option(
            names = "--embedder-currency",
            defaultValue = "USD",
            description = "Of the price; it is only shown. Default: ${DEFAULT-VALUE}")
    String currency = "USD";

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        IngestOptions.check(
                perMillion >= 0 && Double.isFinite(perMillion),
                "--embedder-price-per-million must not be negative",
                problems);
        IngestOptions.check(
                CURRENCY.matcher(currency).matches(), "--embedder-currency must be 1 to 10 letters", problems);
        return problems;
    }

    TokenPrice price() {
        return new TokenPrice(perMillion, currency);
    }
}
