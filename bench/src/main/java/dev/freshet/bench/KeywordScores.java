package dev.freshet.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/** BM25 with the parameters of the index, over texts in memory. */
final class KeywordScores implements AutoCloseable {
    private static final String TEXT = "text";
    private static final BM25Similarity BM25 = new BM25Similarity(0.9f, 0.4f);

    private final Analyzer analyzer = new EnglishAnalyzer();
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    KeywordScores(List<String> texts) throws IOException {
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer).setSimilarity(BM25))) {
            for (String text : texts) {
                Document document = new Document();
                document.add(new TextField(TEXT, text, Field.Store.NO));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        reader = DirectoryReader.open(directory);
        searcher = new IndexSearcher(reader);
        searcher.setSimilarity(BM25);
    }

    /** The best texts by their number, best first. */
    Map<Integer, Double> best(String query, int depth) throws IOException {
        BooleanQuery.Builder words = new BooleanQuery.Builder();
        for (String word : words(query)) {
            words.add(new TermQuery(new Term(TEXT, word)), BooleanClause.Occur.SHOULD);
        }
        Map<Integer, Double> best = new LinkedHashMap<>();
        for (ScoreDoc found : searcher.search(words.build(), depth).scoreDocs) {
            best.put(found.doc, (double) found.score);
        }
        return best;
    }

    private List<String> words(String query) throws IOException {
        List<String> words = new ArrayList<>();
        try (TokenStream tokens = analyzer.tokenStream(TEXT, query)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                words.add(term.toString());
            }
            tokens.end();
        }
        return words;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        analyzer.close();
    }
}
