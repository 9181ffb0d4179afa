package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.freshet.core.search.ChunkQuery;
import dev.freshet.core.search.DocumentField;
import dev.freshet.core.search.Filter;
import dev.freshet.core.search.KeywordOptions;
import dev.freshet.core.search.LegQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The clauses that find words. Whatever a query holds is text: none of the clauses has a syntax. */
final class KeywordClauses {
    private static final String ABOUT = "about";
    private static final String TITLE = "title";
    private static final String HEADINGS = "heading_path";
    private static final String TEXT = "text";
    /** A chunk that names what the query names is that much better than one that is only described alike. */
    private static final double ENTITY_BOOST = 5;

    private static final double PREFERRED_BOOST = 2;

    private KeywordClauses() {}

    /** Chunks whose title, headings or text have the words. */
    static void chunks(JsonGenerator json, LegQuery.Keywords keywords, ChunkQuery query) throws IOException {
        String text = KeywordText.cut(keywords.text());
        json.writeObjectFieldStart("bool");
        json.writeArrayFieldStart("must");
        Optional<String> inflected = LanguageFields.of(keywords.language());
        if (inflected.isPresent()) {
            byLanguage(json, inflected.get(), keywords, text);
        } else {
            combined(json, "", text, keywords.options());
        }
        json.writeEndArray();
        boosts(json, keywords.options());
        FilterJson.all(json, query.visibility(), query.filters());
        json.writeEndObject();
    }

    /**
     * Documents of the query's language by its inflections, the others as always. Each chunk is found by one of the two, so no word counts
     * twice.
     */
    private static void byLanguage(JsonGenerator json, String subObject, LegQuery.Keywords keywords, String text)
            throws IOException {
        Filter ofLanguage = new Filter.OfDocument(DocumentField.LANGUAGE, LanguageFields.languagesOf(subObject));
        json.writeStartObject();
        json.writeObjectFieldStart("bool");
        json.writeArrayFieldStart("should");
        limited(json, LanguageFields.OBJECT + "." + subObject + ".", text, keywords.options(), ofLanguage);
        limited(json, "", text, keywords.options(), new Filter.Not(ofLanguage));
        json.writeEndArray();
        json.writeNumberField("minimum_should_match", 1);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void limited(JsonGenerator json, String prefix, String text, KeywordOptions options, Filter to)
            throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("bool");
        json.writeArrayFieldStart("must");
        combined(json, prefix, text, options);
        json.writeEndArray();
        json.writeArrayFieldStart("filter");
        FilterJson.clause(json, to);
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    /** BM25F: title, headings and text count as one text, so a word is not worth more for being in all of them. */
    private static void combined(JsonGenerator json, String prefix, String text, KeywordOptions options)
            throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("combined_fields");
        json.writeStringField("query", text);
        json.writeFieldName("fields");
        SearchBody.strings(
                json,
                List.of(
                        weighted(prefix + TITLE, options.titleWeight()),
                        weighted(prefix + HEADINGS, options.headingWeight()),
                        prefix + TEXT));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String weighted(String field, double weight) {
        return weight == 1 ? field : field + "^" + weight;
    }

    private static void boosts(JsonGenerator json, KeywordOptions options) throws IOException {
        List<Boost> boosts = new ArrayList<>();
        if (options.phraseBoost() > 0) {
            options.phrases().forEach(phrase -> boosts.add(new Boost(phrase, options.phraseBoost())));
        }
        if (options.identifierBoost() > 0) {
            options.identifiers().forEach(identifier -> boosts.add(new Boost(identifier, options.identifierBoost())));
        }
        if (boosts.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("should");
        for (Boost boost : boosts) {
            phrase(json, boost);
        }
        json.writeEndArray();
    }

    private record Boost(String text, double boost) {}

    /** Its words, one after the other, wherever they are. */
    private static void phrase(JsonGenerator json, Boost boost) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("multi_match");
        json.writeStringField("query", boost.text());
        json.writeStringField("type", "phrase");
        json.writeFieldName("fields");
        SearchBody.strings(json, List.of(TITLE, HEADINGS, TEXT));
        json.writeNumberField("boost", boost.boost());
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Chunks of documents that the words describe, and those that name what the query names. */
    static void about(JsonGenerator json, LegQuery.About about, ChunkQuery query) throws IOException {
        json.writeObjectFieldStart("bool");
        json.writeArrayFieldStart("should");
        match(json, ABOUT, KeywordText.cut(about.text()));
        match(json, TITLE, KeywordText.cut(about.text()));
        for (String entity : about.entities()) {
            constant(json, ENTITY_BOOST, inner -> FilterJson.term(inner, "chunk.entities", entity));
        }
        for (Filter preferred : about.preferred()) {
            constant(json, PREFERRED_BOOST, inner -> FilterJson.clause(inner, preferred));
        }
        json.writeEndArray();
        json.writeNumberField("minimum_should_match", 1);
        FilterJson.all(json, query.visibility(), query.filters());
        json.writeEndObject();
    }

    /** Documents whose title or description has the words. */
    static void documents(JsonGenerator json, LegQuery.Keywords keywords, ChunkQuery query, List<Filter> filters)
            throws IOException {
        String text = KeywordText.cut(keywords.text());
        json.writeObjectFieldStart("bool");
        json.writeArrayFieldStart("should");
        match(json, TITLE, text);
        match(json, ABOUT, text);
        json.writeEndArray();
        json.writeNumberField("minimum_should_match", 1);
        FilterJson.all(json, query.visibility(), filters);
        json.writeEndObject();
    }

    private static void match(JsonGenerator json, String field, String text) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("match");
        json.writeStringField(field, text);
        json.writeEndObject();
        json.writeEndObject();
    }

    private interface Inner {
        void write(JsonGenerator json) throws IOException;
    }

    private static void constant(JsonGenerator json, double boost, Inner filter) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("constant_score");
        json.writeFieldName("filter");
        filter.write(json);
        json.writeNumberField("boost", boost);
        json.writeEndObject();
        json.writeEndObject();
    }
}
