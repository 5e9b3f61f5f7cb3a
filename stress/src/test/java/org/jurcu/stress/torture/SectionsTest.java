package org.jurcu.stress.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The readers' loop, in one thread. */
class SectionsTest {
    private static final int SECTIONS = 1_000;

    /** Without a finisher: nobody is there to end a section that was handed over. */
    private static Subject create(Flavour flavour) {
        StallReports stalls = new StallReports();
        Subject made = flavour.create("read", Duration.ofSeconds(3), stalls);
        return new Subject(made.domain(), made::join, made.virtual(), made.mayDieInside(), stalls);
    }

    @ParameterizedTest
    @EnumSource
    void readersAllocateNothing(Flavour flavour) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Subject subject = create(flavour)) {
            Torture torture = new Torture(subject, Plan.whole(Duration.ofSeconds(1), 1));
            Tally tally = new Tally();
            Sections sections = new Sections(torture, 0, torture.choices("reader-0"), tally);
            try (ReadSide side = subject.join(0)) {
                for (int i = 0; i < SECTIONS; i++) {
                    sections.section(side);
                }
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < SECTIONS; i++) {
                    sections.section(side);
                }
                long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                // a queue of callbacks may need a chunk more
                assertTrue(allocated < SECTIONS, () -> allocated + " bytes in " + SECTIONS + " sections");
            }
            assertFalse(torture.evidence().any());
            assertEquals(2 * SECTIONS, tally.get(Tally.SECTIONS));
            for (int what : new int[] {Tally.NESTED, Tally.SWAPPED, Tally.MAIL, Tally.COOKIES}) {
                assertTrue(tally.get(what) > 0, "nothing of " + what);
            }
            assertTrue(tally.get(Tally.AGES) >= 2 * SECTIONS, "each section looks at its element");
        }
    }
}
