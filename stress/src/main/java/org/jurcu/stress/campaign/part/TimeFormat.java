package org.jurcu.stress.campaign.part;

import java.io.Serial;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Locale;

/** Nanoseconds in the unit that leaves the fewest digits, three of which mean something: for a scale of many decades. */
final class TimeFormat extends NumberFormat {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String[] UNITS = {"ns", "µs", "ms", "s"};

    static String text(double nanoseconds) {
        double value = nanoseconds;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        int decimals = value == Math.rint(value) || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f %s", value, UNITS[unit]);
    }

    @Override
    public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
        return to.append(text(number));
    }

    @Override
    public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
        return to.append(text((double) number));
    }

    @Override
    public Number parse(String source, ParsePosition position) {
        throw new UnsupportedOperationException("a scale is written and not read");
    }
}
