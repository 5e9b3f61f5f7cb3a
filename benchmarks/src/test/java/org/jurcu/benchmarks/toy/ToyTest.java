package org.jurcu.benchmarks.toy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jol.info.ClassLayout;

/** A control that protected nothing would be fast. */
class ToyTest {
    private static final int PERIODS = 100;

    /** What an updater does when it has looked in vain. It may be the reader's turn, on the same thread. */
    private Runnable again = () -> {};

    private final AtomicInteger lookedInVain = new AtomicInteger();

    private Toy create(ToyKind kind) {
        return kind.create(() -> {
            lookedInVain.incrementAndGet();
            again.run();
        });
    }

    @ParameterizedTest
    @EnumSource
    void aGracePeriodWaitsForTheReaderThatIsInside(ToyKind kind) {
        Toy toy = create(kind);
        ToyReader first = toy.register();
        ToyReader second = toy.register();
        again = () -> {
            end(second);
            first.quiescentState();
        };
        for (int i = 1; i <= 5; i++) {
            if (kind != ToyKind.LOCK) {
                section(first);
            }
            second.lock();
            toy.synchronize();
            assertEquals(i, lookedInVain.get(), "it waits until the section ends, and no longer");
            section(first);
            section(second);
        }
        first.close();
        second.close();
        toy.synchronize();
        assertEquals(5, lookedInVain.get(), "it waits for readers that have left");
    }

    private static void section(ToyReader reader) {
        reader.lock();
        end(reader);
    }

    private static void end(ToyReader reader) {
        reader.unlock();
        reader.quiescentState();
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNT", "PER_THREAD_COUNTS", "NESTABLE_FREE_RUNNING"})
    void aSectionEndsWithTheOutermost(ToyKind kind) {
        Toy toy = create(kind);
        ToyReader reader = toy.register();
        again = reader::unlock;
        for (int i = 1; i <= 3; i++) {
            reader.lock();
            reader.lock();
            reader.unlock();
            reader.lock();
            toy.synchronize();
            assertEquals(2 * i, lookedInVain.get());
        }
    }

    /** Why the index is flipped twice: a reader may count itself in long after it looked which count to take. */
    @Test
    void aReaderMayTakeTheIndexBeforeAnEarlierPeriodFlippedIt() {
        PerThreadCountsToy toy = (PerThreadCountsToy) create(ToyKind.PER_THREAD_COUNTS);
        PerThreadCountsToy.Reader reader = toy.register();
        long which = reader.pick();
        toy.synchronize();
        assertEquals(0, lookedInVain.get());
        reader.enter(which);
        again = reader::unlock;
        toy.synchronize();
        assertEquals(1, lookedInVain.get(), "the reader that counted itself in late was not waited for");
    }

    /** An object that its owner takes back after a grace period. */
    private static final class Element {
        volatile boolean takenBack;
    }

    /** Replaces an element again and again, and returns in how many sections a reader saw it taken back. */
    @SuppressWarnings("ThreadPriorityCheck") // correct without: on two processors the other side may want this one
    private static int sectionsThatSawATakenElement(Toy toy, int periods) throws InterruptedException {
        AtomicReference<Element> current = new AtomicReference<>(new Element());
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger seen = new AtomicInteger();
        AtomicInteger sections = new AtomicInteger();
        Thread thread = new Thread(
                () -> {
                    ToyReader reader = toy.register();
                    sections.incrementAndGet();
                    while (!stop.get()) {
                        reader.lock();
                        Element element = current.getAcquire();
                        boolean taken = false;
                        for (int look = 0; look < 20; look++) {
                            Thread.onSpinWait();
                            taken |= element.takenBack;
                        }
                        if (taken) {
                            seen.incrementAndGet();
                        }
                        end(reader);
                        sections.incrementAndGet();
                    }
                    reader.close();
                },
                "toy-reader");
        thread.start();
        while (sections.get() == 0) {
            Thread.yield();
        }
        for (int i = 0; i < periods && seen.get() == 0; i++) {
            Element old = current.get();
            current.setRelease(new Element());
            toy.synchronize();
            old.takenBack = true;
            if (i % 16 == 0) {
                for (int before = sections.get(); sections.get() == before; ) {
                    Thread.yield();
                }
            }
        }
        stop.set(true);
        thread.join();
        return seen.get();
    }

    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("ThreadPriorityCheck") // correct without: on two processors the other side may want this one
    void nothingIsTakenBackUnderAReader(ToyKind kind) throws InterruptedException {
        assertEquals(0, sectionsThatSawATakenElement(kind.create(Thread::yield), PERIODS));
    }

    /** The same hunt must find a toy whose grace periods are over at once. */
    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("ThreadPriorityCheck") // correct without: on two processors the other side may want this one
    void aToyThatWaitsForNobodyIsCaught(ToyKind kind) throws InterruptedException {
        Toy toy = kind.create(Thread::yield);
        Toy busted = new Toy() {
            @Override
            public ToyReader register() {
                return toy.register();
            }

            @Override
            public void synchronize() {}
        };
        assertTrue(sectionsThatSawATakenElement(busted, Integer.MAX_VALUE) > 0);
    }

    @Test
    void aReadersWordsAreTwoCacheLinesFromEitherEnd() {
        ClassLayout layout = ClassLayout.parseClass(ToyReader.class);
        layout.fields().stream().filter(f -> f.name().endsWith("Word")).forEach(word -> {
            assertTrue(word.offset() >= 128, layout::toPrintable);
            assertTrue(layout.instanceSize() - word.offset() - word.size() >= 128, layout::toPrintable);
        });
        assertEquals(
                3,
                layout.fields().stream().filter(f -> f.name().endsWith("Word")).count());
    }
}
