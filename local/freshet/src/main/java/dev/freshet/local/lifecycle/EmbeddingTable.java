package dev.freshet.local.lifecycle;

import dev.freshet.local.lifecycle.EmbeddingLine.TenantLine;
import dev.freshet.local.terminal.Escaped;
import dev.freshet.local.terminal.Terminal;
import java.util.List;
import java.util.Locale;

/** Prints what embedding cost: a line for each tenant and model, those that cost the most first. */
final class EmbeddingTable {
    private static final int MOST_LINES = 10;

    private EmbeddingTable() {}

    static void print(Terminal terminal, EmbeddingLine embedding) {
        List<TenantLine> tenants = embedding.tenants();
        if (tenants.isEmpty()) {
            return;
        }
        terminal.line(terminal.faint(String.format(
                Locale.ROOT,
                "  %-20s %-24s %14s %14s %6s %s",
                "embedded since start",
                "model",
                "tokens",
                "saved",
                "hits",
                "cost")));
        tenants.stream().limit(MOST_LINES).forEach(tenant -> terminal.line(line(tenant)));
        if (tenants.size() > MOST_LINES) {
            terminal.line("  and " + (tenants.size() - MOST_LINES) + " more: freshet status --json");
        }
        if (embedding.tokensUnused() > 0) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "  %,d tokens were paid for answers that came too late or are not used yet",
                    embedding.tokensUnused()));
        }
    }

    private static String line(TenantLine tenant) {
        String cost =
                tenant.cost() == null ? "" : String.format(Locale.ROOT, "%.4f %s", tenant.cost(), tenant.currency());
        return String.format(
                        Locale.ROOT,
                        "  %-20s %-24s %,14d %,14d %5.1f%% %s",
                        Escaped.line(tenant.tenant()),
                        Escaped.line(tenant.model()),
                        tenant.tokensEmbedded(),
                        tenant.tokensSaved(),
                        100 * tenant.hitRate(),
                        cost)
                .stripTrailing();
    }
}
