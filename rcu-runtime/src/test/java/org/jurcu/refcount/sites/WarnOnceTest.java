package org.jurcu.refcount.sites;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.jurcu.refcount.LegacyRefcount;
import org.jurcu.refcount.Rcuref;
import org.jurcu.refcount.Refcount;
import org.jurcu.refcount.RefcountWarning;
import org.jurcu.refcount.RefcountWarnings;

/** The default handler, seen from a package of its own, since a site is the first frame outside of Refcount's. */
@ResourceLock("org.jurcu.refcount.RefcountWarnings")
class WarnOnceTest {
    private final Logger logger = Logger.getLogger("org.jurcu.refcount"); // System.Logger ends here by default
    private final List<LogRecord> lines = new ArrayList<>();
    private final Handler collector = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        RefcountWarnings.restoreDefaultHandler();
        RefcountWarnings.clearWarnOnce();
        logger.setUseParentHandlers(false);
        logger.addHandler(collector);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(collector);
        logger.setUseParentHandlers(true);
    }

    @Test
    void oneLineForEachKindAtOneSite() {
        for (int round = 0; round < 2; round++) {
            for (RefcountWarning kind : RefcountWarning.values()) {
                commit(kind);
            }
        }
        assertEquals(
                List.of(RefcountWarning.values()).stream()
                        .map(RefcountWarning::text)
                        .toList(),
                lines.stream()
                        .map(line ->
                                line.getMessage().substring(0, line.getMessage().indexOf(" [")))
                        .toList());
    }

    @Test
    void eachSiteItsLine() {
        Refcount refs = new Refcount(Refcount.SATURATED);
        for (int i = 0; i < 3; i++) {
            refs.inc();
            refs.inc();
        }
        assertEquals(2, lines.size());
    }

    @Test
    void twoCallsInOneLineAreTwoSites() {
        Refcount refs = new Refcount(Refcount.SATURATED);
        for (int i = 0; i < 2; i++) {
            assertTrue(refs.incNotZero() && refs.addNotZero(1));
        }
        assertEquals(2, lines.size());
    }

    @Test
    void overloadsAreTwoSites() {
        Refcount refs = new Refcount(Refcount.SATURATED);
        incFor(refs, 1);
        incFor(refs, "one");
        assertEquals(2, lines.size());
    }

    static void incFor(Refcount refs, int who) {
        refs.inc();
    }

    static void incFor(Refcount refs, String who) {
        refs.inc();
    }

    @Test
    void linesComeAgainAfterClearWarnOnce() {
        Refcount refs = new Refcount(Refcount.SATURATED);
        for (int i = 0; i < 4; i++) {
            refs.inc();
            if (i == 1) {
                RefcountWarnings.clearWarnOnce();
            }
        }
        assertEquals(2, lines.size());
    }

    @Test
    void theLineSaysWhatHappenedToWhomAndWhere() {
        Refcount refs = new Refcount(Refcount.SATURATED);
        refs.dec();

        LogRecord line = lines.get(0);
        assertEquals(Level.WARNING, line.getLevel());
        assertTrue(
                line.getMessage()
                        .startsWith("refcount_t: decrement hit 0; leaking memory. [DEC_LEAK, count was 3221225472, "
                                + "org.jurcu.refcount.Refcount@"),
                line::getMessage);
        StackTraceElement[] trace = line.getThrown().getStackTrace();
        assertEquals("dec", trace[0].getMethodName(), "the operation, and nothing that is in it");
        assertEquals(WarnOnceTest.class.getName(), trace[1].getClassName());
        assertEquals("theLineSaysWhatHappenedToWhomAndWhere", trace[1].getMethodName());
    }

    @Test
    void theLineShowsAnRcurefsWord() {
        commit(RefcountWarning.RCUREF_SATURATED);
        commit(RefcountWarning.RCUREF_IMBALANCED_PUT);
        assertTrue(
                lines.get(0).getMessage().contains(" [RCUREF_SATURATED, word was 0x80000000, org."),
                lines.get(0)::getMessage);
        assertTrue(
                lines.get(1).getMessage().contains(" [RCUREF_IMBALANCED_PUT, word was 0xfffffffe, org."),
                lines.get(1)::getMessage);
    }

    @Test
    void doesNotAskTheCounterToShowItself() {
        Object counter = new Object() {
            @Override
            public String toString() {
                throw new AssertionError("foreign code");
            }
        };
        RefcountWarnings.report(RefcountWarning.ADD_OVF, counter, -1);
        assertEquals(1, lines.size());
        assertEquals("report", lines.get(0).getThrown().getStackTrace()[0].getMethodName());
    }

    @Test
    void decNotOneHasASiteOfItsOwn() {
        Refcount refs = new Refcount(0);
        for (int i = 0; i < 2; i++) {
            refs.set(0);
            assertTrue(refs.decNotOne() && !refs.decAndTest());
        }
        assertEquals(2, lines.size(), "the text is the same");
    }

    private static void commit(RefcountWarning kind) {
        switch (kind) {
            case ADD_NOT_ZERO_OVF -> assertTrue(new Refcount(Refcount.SATURATED).incNotZero());
            case ADD_OVF -> new Refcount(Refcount.SATURATED).inc();
            case ADD_UAF -> new Refcount(0).inc();
            case SUB_UAF -> assertTrue(!new Refcount(0).decAndTest());
            case DEC_LEAK -> new Refcount(1).dec();
            case INC_UAF -> new LegacyRefcount(0).inc();
            case RCUREF_SATURATED -> assertTrue(new Rcuref(Integer.MIN_VALUE).get());
            case RCUREF_IMBALANCED_PUT -> assertTrue(!new Rcuref(0).putRcusafe());
        }
    }
}
