package org.jurcu.task.timeline;

import java.io.IOException;
import java.util.Locale;

/** Writes JSON that may stand inside a script element. */
final class JsonText {
    private final Appendable out;

    JsonText(Appendable out) {
        this.out = out;
    }

    JsonText raw(String json) throws IOException {
        out.append(json);
        return this;
    }

    JsonText number(long value) throws IOException {
        out.append(Long.toString(value));
        return this;
    }

    JsonText text(String value) throws IOException {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            // < would end the script, and unpaired surrogates are no text
            if (c < ' '
                    || c == '"'
                    || c == '\\'
                    || c == '<'
                    || c == '\u2028'
                    || c == '\u2029'
                    || Character.isSurrogate(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
        return this;
    }
}
