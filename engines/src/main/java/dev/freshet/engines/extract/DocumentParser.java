package dev.freshet.engines.extract;

import dev.freshet.core.extract.ExtractLimits;
import dev.freshet.core.extract.ExtractOutcome;
import dev.freshet.core.extract.ExtractOutcome.Extracted;
import dev.freshet.core.extract.ExtractOutcome.Refused;
import dev.freshet.core.extract.FileEndings;
import dev.freshet.core.extract.ForeignContent;
import dev.freshet.core.extract.MediaType;
import dev.freshet.core.text.CanonicalText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/**
 * Makes Markdown of rich formats, and text of text in any charset. What the bytes are is decided by how they begin, then by what is stated.
 * Never throws, whatever the content is, but for want of memory. Not safe for concurrent use.
 */
final class DocumentParser {
    private static final int LONGEST_TITLE = 4096;
    private static final int PDF_WITHIN = 1024;
    private static final int LOOKED_AT = 8192;
    private static final String IMAGE = "image";

    private final ExtractLimits limits;
    private final OfficeText office;
    private final @Nullable Tesseract tesseract;

    /** Reads no images. */
    DocumentParser(ExtractLimits limits) {
        this(limits, null);
    }

    /** @param tesseract to read images with; null where they are not read */
    DocumentParser(ExtractLimits limits, @Nullable Tesseract tesseract) {
        this.limits = limits;
        this.office = new OfficeText(tesseract);
        this.tesseract = tesseract;
    }

    ExtractOutcome parse(ForeignContent content) {
        return parse(content, limits.depth());
    }

    /** @param depthLeft parts that may lie in each other in this content */
    ExtractOutcome parse(ForeignContent content, int depthLeft) {
        try {
            return read(content, depthLeft);
        } catch (RefusedContentException e) {
            return e.outcome();
        } catch (EncryptedDocumentException e) {
            return new Refused("encrypted", "the file is protected by a password");
        } catch (StackOverflowError e) {
            return new Refused("nested_too_deep", "the content is nested deeper than can be read");
        } catch (IOException | SAXException | TikaException | RuntimeException | LinkageError e) {
            RefusedContentException refused = refusalIn(e);
            // The words of a parser may quote the document.
            return refused == null
                    ? new Refused(
                            "unreadable",
                            "the content could not be read as what it is said to be (%s)"
                                    .formatted(e.getClass().getSimpleName()))
                    : refused.outcome();
        }
    }

    private static @Nullable RefusedContentException refusalIn(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; i < 20 && cause != null; i++, cause = cause.getCause()) {
            if (cause instanceof RefusedContentException refused) {
                return refused;
            }
        }
        return null;
    }

    private ExtractOutcome read(ForeignContent content, int depthLeft) throws IOException, SAXException, TikaException {
        byte[] bytes = content.bytes();
        MediaType stated = MediaType.parse(content.contentType());
        String type = typeOf(bytes, stated, content.name());
        if (type.equals(MediaType.PLAIN)) {
            return text(bytes, stated);
        }
        MarkdownWriter markdown = new MarkdownWriter(limits.text(), limits.depth());
        String title = switch (type) {
            case MediaType.PDF -> office.write(bytes, true, markdown);
            case MediaType.WORD, MediaType.SLIDES, MediaType.SHEETS -> office.write(bytes, false, markdown);
            case MediaType.HTML -> HtmlText.write(bytes, stated, markdown);
            case MediaType.EMAIL -> new EmailText(this, markdown, depthLeft).write(bytes);
            case IMAGE -> image(bytes, markdown);
            default -> throw new IllegalStateException("no type to write: " + type);
        };
        String text = CanonicalText.of(markdown.text());
        return new Extracted(text, MediaType.MARKDOWN, title(title, markdown.firstHeading()));
    }

    private @Nullable String image(byte[] bytes, MarkdownWriter markdown) throws IOException {
        if (tesseract == null) {
            throw new RefusedContentException("needs_ocr", "the content is an image, and images are not read here");
        }
        if (!tesseract.isInstalled()) {
            throw new RefusedContentException(
                    "needs_ocr", "the content is an image; reading it takes tesseract, which is not installed");
        }
        for (String paragraph : tesseract.read(new ByteArrayInputStream(bytes))) {
            markdown.open("p");
            markdown.characters(paragraph);
            markdown.close("p");
        }
        return null;
    }

    private String typeOf(byte[] bytes, MediaType stated, String name) throws IOException {
        String start = new String(bytes, 0, Math.min(bytes.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
        int pdf = start.indexOf("%PDF-");
        if (pdf >= 0 && pdf < PDF_WITHIN) {
            return MediaType.PDF;
        }
        if (PackedFile.isZip(bytes)) {
            String office = PackedFile.officeType(bytes, limits.unpackedBytes());
            return office == null ? unsupported("a zip file that is no document of Office") : office;
        }
        if (ImageStart.isImage(bytes)) {
            return IMAGE;
        }
        if (PackedFile.isOle(bytes)) {
            return unsupported("a file of an Office before 2007, or one that is protected");
        }
        String known = stated.isForeign() && stated.name().equals(MediaType.UNKNOWN)
                ? Objects.requireNonNullElse(FileEndings.contentType(name), MediaType.UNKNOWN)
                : stated.name();
        return switch (known) {
            case MediaType.HTML, "application/xhtml+xml" -> MediaType.HTML;
            case MediaType.EMAIL -> MediaType.EMAIL;
            case MediaType.PDF,
                    MediaType.WORD,
                    MediaType.SLIDES,
                    MediaType.SHEETS,
                    MediaType.PNG,
                    MediaType.JPEG,
                    MediaType.TIFF ->
                throw new RefusedContentException("unreadable", "the content is not of the type that it is said to be");
            default -> textOrPage(bytes, start, known);
        };
    }

    private static String textOrPage(byte[] bytes, String start, String known) {
        if (isBinary(bytes)) {
            return unsupported("no text, and of no type that can be read");
        }
        String begin = start.stripLeading().toLowerCase(Locale.ROOT);
        boolean page = begin.startsWith("<!doctype html") || begin.startsWith("<html");
        return page && known.equals(MediaType.UNKNOWN) ? MediaType.HTML : MediaType.PLAIN;
    }

    private static String unsupported(String what) {
        throw new RefusedContentException("unsupported_type", "the content is " + what);
    }

    /** Control characters that no text has, in a file that does not begin as UTF-16 does. */
    private static boolean isBinary(byte[] bytes) {
        boolean utf16 =
                bytes.length >= 2 && (bytes[0] & 0xFF) + (bytes[1] & 0xFF) == 0xFE + 0xFF && (bytes[0] & 0xFF) >= 0xFE;
        for (int i = 0; i < Math.min(bytes.length, LOOKED_AT) && !utf16; i++) {
            int b = bytes[i];
            boolean space = b == '\t' || b == '\n' || b == '\r' || b == '\f' || b == 0x1B;
            if (b >= 0 && b < ' ' && !space) {
                return true;
            }
        }
        return false;
    }

    private ExtractOutcome text(byte[] bytes, MediaType stated) throws IOException {
        Charset charset = stated.charset() == null
                ? Charsets.detect(bytes)
                : Charset.forName(Charsets.supported(stated.charset()));
        String text = CanonicalText.of(new String(bytes, charset));
        if (text.length() > limits.text()) {
            throw new RefusedContentException(
                    "text_too_long", "the document has more than %d characters of text".formatted(limits.text()));
        }
        return new Extracted(
                text, stated.name().isEmpty() || stated.isForeign() ? MediaType.PLAIN : stated.name(), null);
    }

    private static @Nullable String title(@Nullable String stated, @Nullable String firstHeading) {
        String title = Whitespace.collapsed(CanonicalText.of(stated == null ? "" : stated));
        if (title.startsWith("Microsoft Word - ")) {
            // What printing to a file writes.
            title = title.substring("Microsoft Word - ".length());
        }
        boolean says =
                !title.isBlank() && !title.equalsIgnoreCase("untitled") && !title.equals("PowerPoint Presentation");
        String chosen = says ? title : firstHeading;
        return chosen == null || chosen.isBlank() || chosen.length() > LONGEST_TITLE ? null : chosen.strip();
    }
}
