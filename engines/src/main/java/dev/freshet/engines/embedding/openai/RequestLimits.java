package dev.freshet.engines.embedding.openai;

import java.util.ArrayList;
import java.util.List;

/**
 * How much one request carries.
 *
 * @param texts at most
 * @param tokens at most, about; a text of more goes alone
 */
record RequestLimits(int texts, int tokens) {
    private static final int BYTES_OF_A_TOKEN = 4;

    /** The texts in their order, cut into requests. */
    List<List<String>> split(List<String> all) {
        List<List<String>> requests = new ArrayList<>();
        List<String> request = new ArrayList<>();
        long weight = 0;
        for (String text : all) {
            long next = about(text);
            if (!request.isEmpty() && (request.size() == texts || weight + next > tokens)) {
                requests.add(request);
                request = new ArrayList<>();
                weight = 0;
            }
            request.add(text);
            weight += next;
        }
        if (!request.isEmpty()) {
            requests.add(request);
        }
        return requests;
    }

    /** A guess that suits most tokenizers and languages: a token for every four bytes of UTF-8, and one around them. */
    static int about(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        return 1 + bytes / BYTES_OF_A_TOKEN;
    }
}
