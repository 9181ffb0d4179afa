package dev.freshet.engines.extract;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.sax.XHTMLContentHandler;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/** What Tika's parser of PDF hands the pages to that have no text, as images. */
final class TesseractParser implements Parser {
    private static final long serialVersionUID = 1L;
    /** As Tika calls images that it has rendered itself. */
    private static final Set<MediaType> TYPES = Set.of(MediaType.image("ocr-png"));

    private final transient Tesseract tesseract;

    TesseractParser(Tesseract tesseract) {
        this.tesseract = tesseract;
    }

    @Override
    public Set<MediaType> getSupportedTypes(ParseContext context) {
        return TYPES;
    }

    @Override
    public void parse(InputStream image, ContentHandler handler, Metadata metadata, ParseContext context)
            throws IOException, SAXException {
        XHTMLContentHandler xhtml = new XHTMLContentHandler(handler, metadata);
        xhtml.startDocument();
        for (String paragraph : tesseract.read(image)) {
            xhtml.element("p", paragraph);
        }
        xhtml.endDocument();
    }
}
