package dev.freshet.engines.extract;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.EmptyParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.pdf.PDFParser;
import org.apache.tika.parser.pdf.PDFParserConfig;
import org.apache.tika.parser.pdf.PDFParserConfig.OCR_STRATEGY;
import org.apache.tika.parser.pdf.PDFParserConfig.TikaImageType;
import org.jspecify.annotations.Nullable;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/**
 * The text of PDF and of Office files since 2007, as Tika reads it. What is embedded in them is not looked at, and no image is read but those
 * of pages that have no text.
 */
final class OfficeText {
    /** Rendered so that letters are as large as tesseract knows them. */
    private static final int DOTS_PER_INCH = 300;

    private final Parser pdf = new PDFParser();
    private final Parser office = new OOXMLParser();
    private final @Nullable Tesseract tesseract;

    /** @param tesseract null where pages without text are empty */
    OfficeText(@Nullable Tesseract tesseract) {
        this.tesseract = tesseract;
    }

    /** Writes the file; gives its title, null where it states none. */
    @Nullable
    String write(byte[] file, boolean isPdf, MarkdownWriter out) throws IOException, SAXException, TikaException {
        Metadata metadata = new Metadata();
        try (TikaInputStream stream = TikaInputStream.get(file)) {
            ParseContext context = context();
            if (isPdf && tesseract != null && tesseract.isInstalled()) {
                Objects.requireNonNull(context.get(PDFParserConfig.class)).setOcrStrategy(OCR_STRATEGY.AUTO);
                context.set(Parser.class, new TesseractParser(tesseract));
            }
            (isPdf ? pdf : office).parse(stream, new XhtmlEvents(out), metadata, context);
        }
        return metadata.get(TikaCoreProperties.TITLE);
    }

    private static ParseContext context() {
        ParseContext context = new ParseContext();
        OfficeParserConfig office = new OfficeParserConfig();
        // Read as a stream of events, not as a tree in memory.
        office.setUseSAXDocxExtractor(true);
        office.setUseSAXPptxExtractor(true);
        office.setIncludeHeadersAndFooters(false);
        office.setIncludeSlideMasterContent(false);
        office.setIncludeDeletedContent(false);
        office.setIncludeMissingRows(false);
        context.set(OfficeParserConfig.class, office);
        PDFParserConfig pdf = new PDFParserConfig();
        pdf.setOcrStrategy(OCR_STRATEGY.NO_OCR);
        pdf.setOcrImageType(TikaImageType.GRAY);
        pdf.setOcrDPI(DOTS_PER_INCH);
        pdf.setExtractInlineImages(false);
        pdf.setExtractAnnotationText(false);
        pdf.setExtractBookmarksText(false);
        context.set(PDFParserConfig.class, pdf);
        context.set(Parser.class, EmptyParser.INSTANCE);
        context.set(EmbeddedDocumentExtractor.class, new NothingEmbedded());
        return context;
    }

    private static final class NothingEmbedded implements EmbeddedDocumentExtractor {
        @Override
        public boolean shouldParseEmbedded(Metadata metadata) {
            return false;
        }

        @Override
        public void parseEmbedded(InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml) {}
    }
}
