package dev.freshet.engines.extract;

import dev.freshet.core.extract.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Elements;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/** The main text of a page: what stands around it on every page of its site, and what nobody sees, is left out. */
final class HtmlText {
    private static final String NO_TEXT =
            "script, style, noscript, template, svg, canvas, iframe, object, embed, audio, video, map";
    private static final String CONTROLS = "button, input, select, textarea, option, dialog";
    private static final String AROUND = "nav, aside, footer, [role=navigation], [role=banner], [role=contentinfo],"
            + " [role=complementary], [role=search], [role=dialog], [role=menu], [role=menubar]";
    private static final int CHARSET_WITHIN = 4096;
    /** A part with less than this share of the page's text is not its main text. */
    private static final double SHARE_OF_MAIN_TEXT = 0.25;

    private HtmlText() {}

    /** Writes the page; gives its title, null where it has none. */
    static @Nullable String write(byte[] page, MediaType type, MarkdownWriter out) throws IOException {
        Document document = Jsoup.parse(new ByteArrayInputStream(page), charset(page, type), "");
        write(document, out);
        return document.title();
    }

    /** Writes the page; gives its title, null where it has none. */
    static @Nullable String write(String page, MarkdownWriter out) {
        Document document = Jsoup.parse(page);
        write(document, out);
        return document.title();
    }

    private static @Nullable String charset(byte[] page, MediaType type) throws IOException {
        if (type.charset() != null) {
            return Charsets.supported(type.charset());
        }
        String start = new String(page, 0, Math.min(page.length, CHARSET_WITHIN), StandardCharsets.ISO_8859_1);
        boolean says = start.toLowerCase(Locale.ROOT).contains("charset") || start.startsWith("<?xml");
        // Without a name, jsoup looks for the one that the page states.
        return says || Charsets.isUtf8(page) ? null : Charsets.detect(page).name();
    }

    private static void write(Document document, MarkdownWriter out) {
        document.select(NO_TEXT).remove();
        document.select(CONTROLS).remove();
        removeHidden(document);
        Element body = document.body();
        Element whole = body.clone();
        document.select(AROUND).remove();
        Element main = mainOf(body);
        if (main.equals(body)) {
            body.select("header").stream()
                    .filter(header -> header.selectFirst("h1") == null)
                    .toList()
                    .forEach(Node::remove);
        }
        traverse(main.hasText() ? main : whole, out);
    }

    private static void removeHidden(Document document) {
        document.select("[hidden], [aria-hidden=true]").remove();
        document.select("[style]").stream()
                .filter(element -> isHidden(element.attr("style")))
                .toList()
                .forEach(Node::remove);
    }

    private static boolean isHidden(String style) {
        StringBuilder dense = new StringBuilder(style.length() + 1);
        style.toLowerCase(Locale.ROOT)
                .chars()
                .filter(c -> !Character.isWhitespace(c))
                .forEach(c -> dense.append((char) c));
        String rules = dense.append(';').toString();
        return rules.contains("display:none")
                || rules.contains("visibility:hidden")
                || rules.contains("font-size:0;")
                || rules.contains("font-size:0px");
    }

    private static Element mainOf(Element body) {
        int all = lengthOf(body);
        Elements mains = body.select("main, [role=main]");
        if (mains.size() == 1 && lengthOf(mains.getFirst()) >= SHARE_OF_MAIN_TEXT * all) {
            return mains.getFirst();
        }
        Elements articles = body.select("article");
        if (articles.size() == 1 && lengthOf(articles.getFirst()) >= SHARE_OF_MAIN_TEXT * all) {
            return articles.getFirst();
        }
        return body;
    }

    private static int lengthOf(Element element) {
        int[] length = {0};
        NodeTraversor.traverse(
                (NodeVisitor) (node, depth) -> {
                    if (node instanceof TextNode text) {
                        length[0] += text.getWholeText().length();
                    }
                },
                element);
        return length[0];
    }

    private static void traverse(Element root, MarkdownWriter out) {
        NodeTraversor.traverse(
                new NodeVisitor() {
                    @Override
                    public void head(Node node, int depth) {
                        if (node instanceof TextNode text) {
                            out.characters(text.getWholeText());
                        } else if (node instanceof Element element) {
                            out.open(MarkdownWriter.name(element.tagName()));
                        }
                    }

                    @Override
                    public void tail(Node node, int depth) {
                        if (node instanceof Element element) {
                            out.close(MarkdownWriter.name(element.tagName()));
                        }
                    }
                },
                root);
    }
}
