package org.jurcu.refcount;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.jurcu.refcount.WarnedSites.Verdict;

class WarnedSitesTest {
    @Test
    void remembersAsManyAsItMay() {
        WarnedSites sites = new WarnedSites(2);
        assertEquals(Verdict.FIRST, sites.remember(site(1)));
        assertEquals(Verdict.KNOWN, sites.remember(site(1)));
        assertEquals(Verdict.FIRST, sites.remember(site(2)));
        assertEquals(Verdict.FULL, sites.remember(site(3)));
        assertEquals(Verdict.IGNORED, sites.remember(site(3)));
        assertEquals(Verdict.IGNORED, sites.remember(site(4)));
        assertEquals(Verdict.KNOWN, sites.remember(site(2)));
        sites.clear();
        assertEquals(Verdict.FIRST, sites.remember(site(3)));
        assertEquals(Verdict.FIRST, sites.remember(site(4)));
        assertEquals(Verdict.FULL, sites.remember(site(1)));
    }

    @Test
    void tellsKindsAndOverloadsApart() {
        WarnedSites sites = new WarnedSites(10);
        assertEquals(Verdict.FIRST, sites.remember(new Site("C", "m", 1, 7, RefcountWarning.ADD_OVF)));
        assertEquals(Verdict.FIRST, sites.remember(new Site("C", "m", 1, 7, RefcountWarning.ADD_UAF)));
        assertEquals(Verdict.FIRST, sites.remember(new Site("C", "m", 2, 7, RefcountWarning.ADD_OVF)));
        assertEquals(Verdict.KNOWN, sites.remember(new Site("C", "m", 1, 7, RefcountWarning.ADD_OVF)));
    }

    @Test
    void saysFirstOnceToMany() throws InterruptedException {
        int threads = 4;
        int rounds = 500;
        WarnedSites sites = new WarnedSites(rounds);
        AtomicIntegerArray firsts = new AtomicIntegerArray(rounds);
        CyclicBarrier together = new CyclicBarrier(threads);
        Workers.run(threads, () -> {
            for (int i = 0; i < rounds; i++) {
                together.await();
                if (sites.remember(site(i)) == Verdict.FIRST) {
                    firsts.incrementAndGet(i);
                }
            }
        });
        for (int i = 0; i < rounds; i++) {
            assertEquals(1, firsts.get(i), "round " + i);
        }
    }

    private static Site site(int i) {
        return new Site("C", "m", 1, i, RefcountWarning.ADD_OVF);
    }
}
