package org.jurcu.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.jurcu.refcount.RefcountWarning;
import org.jurcu.refcount.RefcountWarningHandler;
import org.jurcu.refcount.RefcountWarnings;

/** The example does what it says. */
class BufferPoolTest {
    @Test
    @ResourceLock("org.jurcu.refcount.RefcountWarnings")
    void noBufferIsRecycledUnderAReader() throws InterruptedException {
        List<RefcountWarning> warnings = new ArrayList<>();
        RefcountWarningHandler before =
                RefcountWarnings.setHandler((warning, counter, oldValue) -> warnings.add(warning));
        BufferPool.Outcome o;
        try {
            o = BufferPool.run(20_000);
        } finally {
            RefcountWarnings.setHandler(before);
        }
        assertEquals(20_000, o.versions());
        assertTrue(o.inSections() > 0 && o.byReference() > 0, o::toString);
        assertEquals(0, o.spoiled());
        assertEquals(o.buffers(), o.idle(), "back in the pool");
        assertEquals(List.of(), warnings);
    }

    @Test
    @ResourceLock(Resources.SYSTEM_OUT)
    void theProgramRuns() throws InterruptedException {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            BufferPool.main(new String[] {"100"});
        } finally {
            System.setOut(before);
        }
        List<String> lines = printed.toString(UTF_8).lines().toList();
        assertEquals(5, lines.size(), lines::toString);
        assertEquals("100 versions in 4 buffers", lines.get(0));
        assertEquals(
                List.of("0 reads were spoiled", "4 of 4 buffers are back in the pool"), lines.subList(3, lines.size()));
    }
}
