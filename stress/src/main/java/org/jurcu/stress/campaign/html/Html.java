package org.jurcu.stress.campaign.html;

import java.util.List;
import org.jurcu.stress.campaign.model.Verdict;

/** Builds HTML. Text goes in through {@link #text} only, which escapes it. */
public final class Html {
    private final StringBuilder out = new StringBuilder();

    /** Appends markup as it stands; never give it anything that came from outside. */
    public Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Appends text. */
    public Html text(Object text) {
        out.append(escape(String.valueOf(text)));
        return this;
    }

    /** Appends an element that holds text only. */
    public Html element(String tag, Object text) {
        return raw("<" + tag + ">").text(text).raw("</" + tag + ">");
    }

    /** Appends an element of a class that holds text only. */
    public Html element(String tag, String cssClass, Object text) {
        return raw("<" + tag + " class=\"" + escape(cssClass) + "\">")
                .text(text)
                .raw("</" + tag + ">");
    }

    /** Appends a row of headings; those that begin with {@code #} stand over numbers. */
    public Html headings(String... headings) {
        raw("<thead><tr>");
        for (String heading : headings) {
            if (heading.startsWith("#")) {
                element("th", "n", heading.substring(1));
            } else {
                element("th", heading);
            }
        }
        return raw("</tr></thead>\n");
    }

    /** Appends paragraphs of a class. */
    public Html paragraphs(String cssClass, List<String> sentences) {
        sentences.forEach(sentence -> element("p", cssClass, sentence).raw("\n"));
        return this;
    }

    /** Appends a verdict in its colour. */
    public Html verdict(Verdict verdict) {
        return element("span", "verdict " + verdict.word(), verdict.word());
    }

    /** Returns the page so far. */
    @Override
    public String toString() {
        return out.toString();
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                    // Control characters are not allowed in HTML, whatever the escape.
                    escaped.append(c < ' ' && c != '\n' && c != '\t' ? '\ufffd' : c);
                }
            }
        }
        return escaped.toString();
    }
}
