package dev.freshet.core.analyze;

class RuleAnalyzerContractTest extends QueryAnalyzerContract {
    @Override
    protected QueryAnalyzer open() {
        return new RuleAnalyzer();
    }
}
