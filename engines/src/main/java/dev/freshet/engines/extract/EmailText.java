package dev.freshet.engines.extract;

import dev.freshet.core.extract.ExtractOutcome.Extracted;
import dev.freshet.core.extract.ForeignContent;
import dev.freshet.core.extract.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Header;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.util.MimeUtil;
import org.jspecify.annotations.Nullable;

/** The text of a message: who wrote it to whom and when, its body, and its attachments, as far as these can be read. */
final class EmailText {
    private static final List<String> SHOWN = List.of("From", "To", "Cc", "Date");
    private static final int MOST_PARTS = 1000;
    private static final int LONGEST_HEADER = 2000;

    private final DocumentParser documents;
    private final MarkdownWriter out;
    private final int depthLeft;
    private int parts;

    /** @param depthLeft parts that may lie in each other in this one */
    EmailText(DocumentParser documents, MarkdownWriter out, int depthLeft) {
        this.documents = documents;
        this.out = out;
        this.depthLeft = depthLeft;
    }

    /** Writes the message; gives its subject, null where it has none. */
    @Nullable
    String write(byte[] bytes) throws IOException {
        DefaultMessageBuilder builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(new MimeConfig.Builder()
                .setMaxLineLen(-1)
                .setMaxHeaderLen(1 << 20)
                .setMaxHeaderCount(1000)
                .build());
        Message message = builder.parseMessage(new ByteArrayInputStream(bytes));
        write(message);
        return message.getSubject();
    }

    private void write(Message message) throws IOException {
        Header header = message.getHeader();
        boolean any = false;
        out.open("p");
        for (String name : SHOWN) {
            Field field = header == null ? null : header.getField(name);
            if (field != null && field.getBody() != null) {
                if (any) {
                    out.open("br");
                    out.close("br");
                }
                String value = MimeUtil.unfold(field.getBody());
                out.characters(name + ": "
                        + DecoderUtil.decodeEncodedWords(
                                value.substring(0, Math.min(value.length(), LONGEST_HEADER)), StandardCharsets.UTF_8));
                any = true;
            }
        }
        out.close("p");
        part(message, depthLeft);
    }

    private void part(Entity entity, int levels) throws IOException {
        if (++parts > MOST_PARTS) {
            throw new RefusedContentException(
                    "too_many_parts", "the message has more than %d parts".formatted(MOST_PARTS));
        }
        Body body = entity.getBody();
        if (body instanceof Multipart multipart) {
            multipart(multipart, levels);
        } else if (body instanceof Message inner) {
            attached(inner, levels);
        } else if (body instanceof SingleBody single) {
            single(entity, single, levels);
        }
    }

    private void multipart(Multipart multipart, int levels) throws IOException {
        if (levels == 0) {
            throw tooDeep();
        }
        List<Entity> entities = multipart.getBodyParts();
        if (multipart.getSubType().equalsIgnoreCase("alternative")) {
            // The same in several forms, the richest last; the plain one needs no guessing.
            Entity chosen = entities.stream()
                    .filter(part -> MediaType.PLAIN.equals(part.getMimeType()))
                    .findFirst()
                    .orElse(entities.isEmpty() ? null : entities.getLast());
            if (chosen != null) {
                part(chosen, levels - 1);
            }
            return;
        }
        for (Entity entity : entities) {
            part(entity, levels - 1);
        }
    }

    private void attached(Message inner, int levels) throws IOException {
        if (levels == 0) {
            throw tooDeep();
        }
        heading("Attached message: " + Objects.requireNonNullElse(inner.getSubject(), ""));
        new EmailText(documents, out, levels - 1).write(inner);
    }

    private RefusedContentException tooDeep() {
        return new RefusedContentException("nested_too_deep", "the message nests others deeper than the limit");
    }

    private void single(Entity entity, SingleBody body, int levels) throws IOException {
        String type = Objects.requireNonNullElse(entity.getMimeType(), MediaType.PLAIN);
        String charset = charset(entity);
        boolean attachment = entity.getFilename() != null || "attachment".equals(entity.getDispositionType());
        if (!attachment && type.startsWith("text/")) {
            body(bytes(body), type, charset);
            return;
        }
        if (entity.getFilename() == null || type.startsWith("image/")) {
            return;
        }
        heading("Attachment: " + entity.getFilename());
        String stated = charset == null ? type : type + "; charset=" + charset;
        if (levels > 0
                && documents.parse(new ForeignContent(bytes(body), stated, entity.getFilename()), levels - 1)
                        instanceof Extracted text) {
            out.markdown(text.text(), MediaType.parse(text.contentType()).isMarkdown());
        }
    }

    private void body(byte[] bytes, String type, @Nullable String charset) throws IOException {
        if (type.equals(MediaType.HTML)) {
            HtmlText.write(bytes, new MediaType(type, charset), out);
            return;
        }
        out.markdown(new String(bytes, charset == null ? Charsets.detect(bytes) : Charset.forName(charset)), false);
    }

    /** As it is stated; null where it has to be found. ASCII is what a message has that states nothing. */
    private static @Nullable String charset(Entity entity) {
        String stated = entity.getCharset();
        boolean says = stated != null && !stated.equalsIgnoreCase("us-ascii");
        return says && Charsets.isSupported(stated) ? stated : null;
    }

    private void heading(String text) {
        out.open("h2");
        out.characters(text);
        out.close("h2");
    }

    private static byte[] bytes(SingleBody body) throws IOException {
        try (InputStream in = body.getInputStream()) {
            return in.readAllBytes();
        }
    }
}
