package dev.freshet.engines.opensearch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.core.document.DocumentFields;
import dev.freshet.core.search.AboutText;
import dev.freshet.core.search.FacetKeys;
import dev.freshet.core.search.Facets;
import dev.freshet.core.search.OrderedFacets;
import java.util.List;

/** What the index holds of a document's fields so that they can be searched; the same with the document and each of its chunks. */
record DerivedFields(
        String documentId,
        DocumentFields fields,
        List<String> facets,
        List<String> facetKeys,
        List<String> orderedFacets,
        String about) {
    private static final JsonMapper JSON = new JsonMapper();

    static DerivedFields of(String documentId, DocumentFields fields) throws JsonProcessingException {
        JsonNode metadata = JSON.readTree(fields.metadata());
        return new DerivedFields(
                documentId,
                fields,
                Facets.of(metadata, fields.language()),
                FacetKeys.of(metadata, fields.language()),
                OrderedFacets.of(metadata),
                AboutText.of(documentId, fields.uri(), metadata));
    }

    boolean areOf(String otherDocumentId, DocumentFields otherFields) {
        return documentId.equals(otherDocumentId) && fields.equals(otherFields);
    }
}
