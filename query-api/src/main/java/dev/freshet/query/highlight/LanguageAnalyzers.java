package dev.freshet.query.highlight;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;
import org.jspecify.annotations.Nullable;

/** The analyzers that queries can tell the language of; OpenSearch has the same under other names. */
final class LanguageAnalyzers {
    private static final String ENGLISH = "en";
    private static final Map<String, Supplier<Analyzer>> SUPPLIERS = Map.ofEntries(
            Map.entry("ar", ArabicAnalyzer::new),
            Map.entry("da", DanishAnalyzer::new),
            Map.entry("de", GermanAnalyzer::new),
            Map.entry("el", GreekAnalyzer::new),
            Map.entry(ENGLISH, EnglishAnalyzer::new),
            Map.entry("es", SpanishAnalyzer::new),
            Map.entry("fi", FinnishAnalyzer::new),
            Map.entry("fr", FrenchAnalyzer::new),
            Map.entry("hi", HindiAnalyzer::new),
            Map.entry("it", ItalianAnalyzer::new),
            Map.entry("ja", CJKAnalyzer::new),
            Map.entry("ko", CJKAnalyzer::new),
            Map.entry("nl", DutchAnalyzer::new),
            Map.entry("no", NorwegianAnalyzer::new),
            Map.entry("pt", PortugueseAnalyzer::new),
            Map.entry("ru", RussianAnalyzer::new),
            Map.entry("sv", SwedishAnalyzer::new),
            Map.entry("th", ThaiAnalyzer::new),
            Map.entry("tr", TurkishAnalyzer::new),
            Map.entry("zh", CJKAnalyzer::new));
    private static final Map<String, Analyzer> SHARED = new ConcurrentHashMap<>();

    private LanguageAnalyzers() {}

    /** The analyzer of the language, or that of English. */
    static Analyzer forOneThread(@Nullable String language) {
        String known = language != null && SUPPLIERS.containsKey(language) ? language : ENGLISH;
        Supplier<Analyzer> supplier = SUPPLIERS.getOrDefault(known, EnglishAnalyzer::new);
        return new ForOneThread(SHARED.computeIfAbsent(known, name -> supplier.get()));
    }

    /**
     * Keeps what an analysis needs for the next one by the same thread. The shared one would keep it for every thread there ever was, and
     * every request has a thread of its own.
     */
    private static final class ForOneThread extends AnalyzerWrapper {
        private final Analyzer shared;

        ForOneThread(Analyzer shared) {
            super(new Kept());
            this.shared = shared;
        }

        @Override
        protected Analyzer getWrappedAnalyzer(String fieldName) {
            return shared;
        }
    }

    private static final class Kept extends Analyzer.ReuseStrategy {
        private Analyzer.@Nullable TokenStreamComponents components;

        @Override
        public Analyzer.@Nullable TokenStreamComponents getReusableComponents(Analyzer analyzer, String fieldName) {
            return components;
        }

        @Override
        public void setReusableComponents(Analyzer analyzer, String fieldName, Analyzer.TokenStreamComponents made) {
            components = made;
        }
    }
}
