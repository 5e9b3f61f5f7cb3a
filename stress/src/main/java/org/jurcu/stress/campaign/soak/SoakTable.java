package org.jurcu.stress.campaign.soak;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jurcu.task.load.SoakReport;

/** The result of a soak, as a person or a script reads it. */
public final class SoakTable {
    private SoakTable() {}

    /** Prints one line for each figure, and the faults. */
    public static void print(SoakReport r, double bytesPerLifetime, boolean plain, PrintStream out) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("verdict", r.passed() ? "pass" : "violation");
        lines.put("layout", r.layout());
        lines.put("cpus", "" + r.cpus());
        lines.put("readers", "" + r.readers());
        lines.put("seed", "" + r.seed());
        lines.put("seconds", String.format(Locale.ROOT, "%.1f", r.seconds()));
        lines.put("born", number(r.forks(), plain));
        lines.put("freed", number(r.frees(), plain));
        lines.put("per-second", number(Math.round(r.perSecond()), plain));
        lines.put("bytes-per-lifetime", Double.isNaN(bytesPerLifetime) ? "-" : oneDecimal(bytesPerLifetime));
        lines.put("reaped-by-another-cpu", number(r.reapedByAnother(), plain));
        lines.put("reader-sections", number(r.sections(), plain));
        lines.put("reader-hits", number(r.hits(), plain));
        lines.put("most-backlog", number(r.mostBacklog(), plain));
        lines.put("slab-slots", number(r.slabSlots(), plain));
        lines.put("most-heap-mb", number(r.mostHeapBytes() >> 20, plain));
        lines.put("double-frees", "" + r.doubleFrees());
        lines.put("warnings", "" + r.warnings());
        lines.put("reader-faults", "" + r.readerFaults());
        lines.forEach((name, value) ->
                out.println(plain ? name + " " + value : String.format("%-22s %14s", name.replace('-', ' '), value)));
        r.faults().forEach(fault -> out.println(plain ? "fault " + fault : fault));
    }

    private static String number(long n, boolean plain) {
        return plain ? Long.toString(n) : String.format(Locale.ROOT, "%,d", n);
    }

    private static String oneDecimal(double d) {
        return String.format(Locale.ROOT, "%.1f", d);
    }
}
