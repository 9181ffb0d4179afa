package dev.freshet.engines.extract;

import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** Hands on what a parser of Tika says of a file's body. */
final class XhtmlEvents extends DefaultHandler {
    private static final Set<String> SKIPPED = Set.of("head", "title", "meta", "script", "style");
    /** Slides have no headings; their title comes first. */
    private static final String SLIDE = "slide-content";

    private static final int LONGEST_SLIDE_TITLE = 200;

    private final MarkdownWriter out;
    private final StringBuilder slideTitle = new StringBuilder();
    private int skipped;
    private boolean slideBegins;
    private boolean inSlideTitle;

    XhtmlEvents(MarkdownWriter out) {
        this.out = out;
    }

    @Override
    public void startElement(String uri, String localName, String qName, Attributes attributes) {
        String element = MarkdownWriter.name(localName.isEmpty() ? qName : localName);
        if (skipped > 0 || SKIPPED.contains(element)) {
            skipped++;
            return;
        }
        if (SLIDE.equals(attributes.getValue("class"))) {
            slideBegins = true;
        } else if (slideBegins && element.equals("p")) {
            slideBegins = false;
            inSlideTitle = true;
            slideTitle.setLength(0);
            return;
        }
        out.open(element);
    }

    @Override
    public void endElement(String uri, String localName, String qName) {
        String element = MarkdownWriter.name(localName.isEmpty() ? qName : localName);
        if (skipped > 0) {
            skipped--;
            return;
        }
        if (inSlideTitle && element.equals("p")) {
            inSlideTitle = false;
            String as = slideTitle.length() <= LONGEST_SLIDE_TITLE ? "h2" : "p";
            out.open(as);
            out.characters(slideTitle);
            out.close(as);
            return;
        }
        out.close(element);
    }

    @Override
    public void characters(char[] text, int start, int length) {
        if (skipped > 0) {
            return;
        }
        String characters = new String(text, start, length);
        if (inSlideTitle) {
            slideTitle.append(characters);
        } else {
            out.characters(characters);
        }
    }

    @Override
    public void ignorableWhitespace(char[] text, int start, int length) {
        characters(text, start, length);
    }
}
