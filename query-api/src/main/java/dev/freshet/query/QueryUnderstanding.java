package dev.freshet.query;

import dev.freshet.core.analyze.QueryAnalyzer;
import dev.freshet.core.analyze.QueryRewriter;
import dev.freshet.core.analyze.RuleAnalyzer;
import dev.freshet.core.analyze.RuleRewriter;
import dev.freshet.engines.llm.ChatCompletions;
import dev.freshet.engines.llm.LlmAnalyzer;
import dev.freshet.engines.llm.LlmRewriter;
import org.jspecify.annotations.Nullable;

/** What says what queries ask for, and says them in other words: rules, or a language model with rules behind it. */
record QueryUnderstanding(
        QueryAnalyzer analyzer,
        QueryRewriter rewriter,
        @Nullable ChatCompletions model) implements AutoCloseable {

    /** @param uses of a language model; null for rules alone */
    static QueryUnderstanding open(LlmArguments.@Nullable Uses uses) {
        if (uses == null) {
            return new QueryUnderstanding(new RuleAnalyzer(), new RuleRewriter(), null);
        }
        ChatCompletions model = ChatCompletions.open(uses.settings());
        return new QueryUnderstanding(
                uses.analyze() ? new LlmAnalyzer(model, uses.deadline()) : new RuleAnalyzer(),
                new LlmRewriter(model, uses.deadline()),
                model);
    }

    @Override
    public void close() {
        if (model != null) {
            model.close();
        }
    }
}
