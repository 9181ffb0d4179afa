package dev.freshet.engines.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.engines.llm.ChatOutcome.Answered;
import dev.freshet.engines.llm.ChatOutcome.Failed;
import dev.freshet.engines.llm.ChatOutcome.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import okhttp3.Response;

/**
 * Reads what a server sends, and believes nothing in it.
 *
 * @param endpoint where the server is, in words
 */
record ChatAnswer(String endpoint, String model) {
    /** Far more than an answer of any model has. */
    static final int LARGEST = 1 << 20;

    private static final JsonMapper JSON = new JsonMapper();

    ChatOutcome read(Response response) throws IOException {
        if (!response.isSuccessful()) {
            return refusal(response.code());
        }
        byte[] body;
        try (InputStream in = response.body().byteStream()) {
            body = in.readNBytes(LARGEST + 1);
        }
        if (body.length > LARGEST) {
            return invalid("more than %d bytes".formatted(LARGEST));
        }
        return answer(body);
    }

    private ChatOutcome answer(byte[] body) {
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (IOException e) {
            // Its words hold parts of the answer.
            return invalid("something that is no JSON");
        }
        JsonNode text = answer.at("/choices/0/message/content");
        if (!text.isTextual() || text.textValue().isBlank()) {
            return invalid("an answer without a text");
        }
        JsonNode usage = answer.path("usage");
        return new Answered(text.textValue(), count(usage, "prompt_tokens"), count(usage, "completion_tokens"));
    }

    private static long count(JsonNode usage, String name) {
        return Math.max(0, usage.path(name).asLong());
    }

    /** What a status means, once and for all; what the server says with it may quote the messages or the key. */
    private Failed refusal(int status) {
        String said = "answered %d".formatted(status);
        return switch (status) {
            case 400, 413, 422 -> failed(Kind.REFUSED, said);
            case 401, 403 ->
                failed(Kind.REFUSED, said + ": look at the key, and whether it may use the model " + model);
            case 404, 405, 410 ->
                failed(Kind.REFUSED, said + ": look at --llm-url, and whether there is a model " + model);
            case 408, 425, 429 -> failed(Kind.UNAVAILABLE, said);
            default -> {
                if (status >= 500) {
                    yield failed(Kind.UNAVAILABLE, said);
                }
                yield failed(Kind.REFUSED, status < 400 ? said + ": a redirect, which is not followed" : said);
            }
        };
    }

    Failed late(Duration budget) {
        return failed(Kind.TIMEOUT, "gave no answer within %d ms".formatted(budget.toMillis()));
    }

    Failed unanswered(IOException e) {
        return failed(Kind.UNAVAILABLE, "gave no answer: " + e.getClass().getSimpleName());
    }

    private Failed invalid(String what) {
        return failed(Kind.INVALID, "sent %s; nothing of it was used".formatted(what));
    }

    Failed failed(Kind kind, String said) {
        return new Failed(kind, "The language model at %s %s.".formatted(endpoint, said));
    }
}
