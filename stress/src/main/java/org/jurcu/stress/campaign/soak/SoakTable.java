package org.jurcu.stress.campaign.soak;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jurcu.task.load.SoakProgress;
import org.jurcu.task.load.SoakReport;

/** The result of a soak, as a person or a script reads it. */
public final class SoakTable {
    private static final List<String> MOMENTS = List.of("at-start", "at-middle", "at-end");

    private SoakTable() {}

    /** Prints one line for each figure, and the faults; {@code moments} are start, middle and end, or none. */
    public static void print(
            SoakReport r, double bytesPerLifetime, List<SoakProgress> moments, boolean plain, PrintStream out) {
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
        lines.put("per-second-warm", moments.isEmpty() ? "-" : number(Math.round(warm(moments)), plain));
        lines.put("bytes-per-lifetime", Double.isNaN(bytesPerLifetime) ? "-" : oneDecimal(bytesPerLifetime));
        lines.put("reaped-by-another-cpu", number(r.reapedByAnother(), plain));
        lines.put("reader-sections", number(r.sections(), plain));
        lines.put("reader-hits", number(r.hits(), plain));
        lines.put("most-backlog", number(r.mostBacklog(), plain));
        lines.put("slab-slots", number(r.slabSlots(), plain));
        lines.put("most-heap-mb", number(r.mostHeapBytes() >> 20, plain));
        for (int i = 0; i < moments.size(); i++) {
            lines.put(MOMENTS.get(i), moment(moments.get(i), plain));
        }
        lines.put("double-frees", "" + r.doubleFrees());
        lines.put("warnings", "" + r.warnings());
        lines.put("reader-faults", "" + r.readerFaults());
        lines.forEach((name, value) ->
                out.println(plain ? name + " " + value : String.format("%-22s %14s", name.replace('-', ' '), value)));
        r.faults().forEach(fault -> out.println(plain ? "fault " + fault : fault));
    }

    /** Lifetimes a second from the middle to the end, when all is compiled. */
    private static double warm(List<SoakProgress> moments) {
        SoakProgress middle = moments.get(1);
        SoakProgress end = moments.get(2);
        return (end.frees() - middle.frees()) / Math.max(1e-9, end.seconds() - middle.seconds());
    }

    /** Seconds, tasks that are not freed, slots of the slab, bytes of the heap. */
    private static String moment(SoakProgress p, boolean plain) {
        return plain
                ? String.format(Locale.ROOT, "%.1f %d %d %d", p.seconds(), p.backlog(), p.slabSlots(), p.heapBytes())
                : String.format(
                        Locale.ROOT,
                        "%,.0f s: backlog %,d, slab %,d, heap %d MB",
                        p.seconds(),
                        p.backlog(),
                        p.slabSlots(),
                        p.heapBytes() >> 20);
    }

    private static String number(long n, boolean plain) {
        return plain ? Long.toString(n) : String.format(Locale.ROOT, "%,d", n);
    }

    private static String oneDecimal(double d) {
        return String.format(Locale.ROOT, "%.1f", d);
    }
}
