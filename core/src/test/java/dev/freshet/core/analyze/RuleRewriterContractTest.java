package dev.freshet.core.analyze;

class RuleRewriterContractTest extends QueryRewriterContract {
    @Override
    protected QueryRewriter open() {
        return new RuleRewriter();
    }
}
