package dev.freshet.engines.extract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.poi.xslf.usermodel.SlideLayout;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFSlide;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFStyle;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.jspecify.annotations.Nullable;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTStyle;

/** Files as their programs write them. */
final class Files {
    private static final int LINE = 14;

    private Files() {}

    /** Every type that can be read, by its ending. */
    static Map<String, byte[]> ofEveryType() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("docx", word("Pumps", "The pump starts. It runs for an hour, and then it stops."));
        files.put("pptx", slides("Pumps", "They start\nThey stop"));
        files.put("xlsx", sheet(List.of(List.of("Pump", "Pressure"), List.of("A", "3.5 bar"), List.of("B", "7 bar"))));
        files.put("pdf", pdf("The pump starts.", "It runs for an hour, and then it stops."));
        files.put(
                "html",
                utf8("<html><head><title>Pumps</title></head><body><nav>Home</nav><main><h1>Pumps</h1>"
                        + "<p>The pump <b>starts</b>.</p><ul><li>one<li>two</ul><table><tr><th>a<th>b<tr><td>1<td>2</table>"
                        + "<pre><code>run()</code></pre></main></body></html>"));
        files.put("eml", utf8("""
                From: Ann <ann@example.org>
                To: Bob <bob@example.org>
                Subject: Pumps
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=x

                --x
                Content-Type: text/plain; charset=utf-8

                The pump starts.
                --x
                Content-Type: text/html
                Content-Disposition: attachment; filename=a.html
                Content-Transfer-Encoding: base64

                PGgxPlBhZ2U8L2gxPjxwPkJvZHk8L3A+
                --x--
                """.replace("\n", "\r\n")));
        files.put("md", utf8("---\ntitle: Pumps\n---\n# Start\n\nThe pump starts. \u00e4\u00f6\u00fc\n"));
        files.put("txt", "Die Pumpe l\u00e4uft f\u00fcr eine Stunde.".getBytes(StandardCharsets.ISO_8859_1));
        files.put("java", utf8("final class Pump {\n    void start() {}\n}\n"));
        return files;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A document with a heading, a paragraph and a table of two rows. */
    static byte[] word(String heading, String paragraph) {
        return written(out -> {
            try (XWPFDocument document = new XWPFDocument()) {
                document.getProperties().getCoreProperties().setTitle("About " + heading);
                CTStyle style = CTStyle.Factory.newInstance();
                style.setStyleId("Heading1");
                style.addNewName().setVal("heading 1");
                document.createStyles().addStyle(new XWPFStyle(style));
                XWPFParagraph first = document.createParagraph();
                first.setStyle("Heading1");
                first.createRun().setText(heading);
                document.createParagraph().createRun().setText(paragraph);
                XWPFTable table = document.createTable(2, 2);
                table.getRow(0).getCell(0).setText("Part");
                table.getRow(0).getCell(1).setText("Price");
                table.getRow(1).getCell(0).setText("Seal");
                table.getRow(1).getCell(1).setText("7 | 8");
                document.write(out);
            }
        });
    }

    static byte[] slides(String title, String bullets) {
        return written(out -> {
            try (XMLSlideShow show = new XMLSlideShow()) {
                XSLFSlide slide =
                        show.createSlide(show.getSlideMasters().get(0).getLayout(SlideLayout.TITLE_AND_CONTENT));
                slide.getPlaceholder(0).setText(title);
                slide.getPlaceholder(1).setText(bullets);
                show.write(out);
            }
        });
    }

    static byte[] sheet(List<List<String>> rows) {
        return written(out -> {
            try (XSSFWorkbook workbook = new XSSFWorkbook()) {
                XSSFSheet sheet = workbook.createSheet("Data");
                for (List<String> cells : rows) {
                    XSSFRow row = sheet.createRow(sheet.getPhysicalNumberOfRows());
                    for (String cell : cells) {
                        row.createCell(row.getPhysicalNumberOfCells()).setCellValue(cell);
                    }
                }
                workbook.write(out);
            }
        });
    }

    /** A page with a line for each text; the lines are a paragraph. */
    static byte[] pdf(String... lines) {
        return pdf(null, lines);
    }

    static byte[] protectedPdf(String password, String... lines) {
        return pdf(new StandardProtectionPolicy("owner", password, new AccessPermission()), lines);
    }

    private static byte[] pdf(@Nullable StandardProtectionPolicy protection, String... lines) {
        return written(out -> {
            try (PDDocument document = new PDDocument()) {
                PDPage page = new PDPage();
                document.addPage(page);
                document.getDocumentInformation().setTitle("About pumps");
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.beginText();
                    content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                    content.newLineAtOffset(50, 700);
                    for (String line : lines) {
                        content.showText(line);
                        content.newLineAtOffset(0, -LINE);
                    }
                    content.endText();
                }
                if (protection != null) {
                    document.protect(protection);
                }
                document.save(out);
            }
        });
    }

    /** A PDF whose one page shows a single word of so many megabytes. */
    static byte[] pdfOfOneWord(int megabytes) {
        byte[] packed = deflated(megabytes, "(", "a".repeat(1 << 20));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Integer> offsets = new ArrayList<>();
        print(out, "%PDF-1.4\n");
        offsets.add(out.size());
        print(out, "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
        offsets.add(out.size());
        print(out, "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n");
        offsets.add(out.size());
        print(out, "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>\nendobj\n");
        offsets.add(out.size());
        print(out, "4 0 obj\n<< /Length " + packed.length + " /Filter /FlateDecode >>\nstream\n");
        out.writeBytes(packed);
        print(out, "\nendstream\nendobj\n");
        int table = out.size();
        print(out, "xref\n0 5\n0000000000 65535 f \n");
        offsets.forEach(offset -> print(out, "%010d 00000 n \n".formatted(offset)));
        print(out, "trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n" + table + "\n%%EOF\n");
        return out.toByteArray();
    }

    private static void print(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] deflated(int megabytes, String start, String megabyte) {
        byte[] again = megabyte.getBytes(StandardCharsets.US_ASCII);
        return written(out -> {
            try (DeflaterOutputStream packing = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED))) {
                packing.write(start.getBytes(StandardCharsets.US_ASCII));
                for (int i = 0; i < megabytes; i++) {
                    packing.write(again);
                }
            }
        });
    }

    /** A document of Word whose text unpacks to so many megabytes. */
    static byte[] wordBomb(int megabytes) {
        byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        return written(out -> {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
                zip.write(utf8("<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"));
                zip.putNextEntry(new ZipEntry("word/document.xml"));
                for (int i = 0; i < megabytes; i++) {
                    zip.write(spaces);
                }
            }
        });
    }

    /** A document of Word that refers to an external entity, in its text and in what describes it. */
    static byte[] wordWithExternalEntity(String url) {
        String entity = "<!DOCTYPE d SYSTEM '%s/dtd' [<!ENTITY e SYSTEM '%s/entity'>]>".formatted(url, url);
        return written(out -> {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
                zip.write(utf8(
                        "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default Extension='rels'"
                                + " ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Override"
                                + " PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-officedocument"
                                + ".wordprocessingml.document.main+xml'/></Types>"));
                zip.putNextEntry(new ZipEntry("_rels/.rels"));
                zip.write(utf8("<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
                        + "<Relationship Id='r' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships"
                        + "/officeDocument' Target='word/document.xml'/></Relationships>"));
                zip.putNextEntry(new ZipEntry("word/_rels/document.xml.rels"));
                zip.write(utf8("<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
                        + "<Relationship Id='t' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships"
                        + "/attachedTemplate' Target='" + url + "/template' TargetMode='External'/></Relationships>"));
                zip.putNextEntry(new ZipEntry("word/document.xml"));
                zip.write(utf8(
                        entity + "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
                                + "<w:body><w:p><w:r><w:t>x &e;</w:t></w:r></w:p></w:body></w:document>"));
            }
        });
    }

    /** A zip file that says nothing true of its sizes: its one entry is stored, and said to be empty. */
    static byte[] lyingZip() {
        return written(out -> {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                ZipEntry entry = new ZipEntry("word/document.xml");
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(0);
                entry.setCrc(new CRC32().getValue());
                zip.putNextEntry(entry);
            }
        });
    }

    interface Writing {
        void into(ByteArrayOutputStream out) throws IOException;
    }

    static byte[] written(Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writing.into(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
