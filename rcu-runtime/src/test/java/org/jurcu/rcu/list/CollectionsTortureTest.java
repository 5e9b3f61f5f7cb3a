package org.jurcu.rcu.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuHead;
import org.jurcu.rcu.RcuReader;

/**
 * Readers that check everything they are promised, while nodes come, go, and are used again after a grace period, poisoned
 * in between.
 */
class CollectionsTortureTest {
    private static final int PERMANENT = 64;
    private static final int KEYS = 1024;
    private static final int WALKS = 1_000;

    private final AtomicBoolean stop = new AtomicBoolean();
    /** Whether a grace period has given a node back to be used again: until then the readers have seen nothing. */
    private volatile boolean cameBack;

    private final List<FutureTask<?>> others = new ArrayList<>();

    private static FutureTask<Void> start(Callable<Void> body) {
        FutureTask<Void> task = new FutureTask<>(body);
        Thread thread = new Thread(task, "torture");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** Runs the updaters until both readers have made their walks, and nodes came back meanwhile. */
    private void run(Callable<Void> reader, List<Callable<Void>> updaters) throws Exception {
        for (Callable<Void> updater : updaters) {
            others.add(start(() -> {
                while (!stop.get()) {
                    updater.call();
                }
                return null;
            }));
        }
        List<FutureTask<Void>> readers = List.of(start(reader), start(reader));
        try {
            for (FutureTask<Void> r : readers) {
                r.get(55, TimeUnit.SECONDS);
            }
        } finally {
            stop.set(true);
        }
        for (FutureTask<?> other : others) {
            other.get(55, TimeUnit.SECONDS);
        }
    }

    private static void check(boolean promise, String broken) {
        if (!promise) {
            throw new AssertionError(broken);
        }
    }

    /** What a node of either kind says about its life; read racily on purpose. */
    private static final class Life {
        static final int POISON = -1;
        private static final VarHandle NUMBER;

        static {
            try {
                NUMBER = MethodHandles.lookup().findVarHandle(Life.class, "number", int.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        @SuppressWarnings("UnusedVariable") // through NUMBER
        private int number = POISON;

        int loadOpaque() {
            return (int) NUMBER.getOpaque(this);
        }

        void storeOpaque(int n) {
            NUMBER.setOpaque(this, n);
        }
    }

    // ---- tables ----

    private final RcuIntTable<Slot> table = new RcuIntTable<>(4);
    private final ConcurrentLinkedQueue<Slot> freeSlots = new ConcurrentLinkedQueue<>();

    private final class Slot extends RcuIntNode implements RcuHead {
        final Life life = new Life();

        Slot() {
            super(Life.POISON);
        }

        Slot begin(int key) {
            setKey(key);
            life.storeOpaque(key);
            return this;
        }

        @Override
        public void invoke() {
            giveBack();
            cameBack = true;
        }

        void giveBack() {
            life.storeOpaque(Life.POISON);
            setKey(Life.POISON);
            freeSlots.add(this);
        }
    }

    private Slot slot(int key) {
        Slot slot = freeSlots.poll();
        return (slot == null ? new Slot() : slot).begin(key);
    }

    @Test
    void aTableThatIsUpdatedAndResizedKeepsItsPromises() throws Exception {
        try (Rcu rcu = Rcu.create("torture")) {
            List<Slot> permanent = new ArrayList<>();
            for (int key = 0; key < PERMANENT; key++) {
                permanent.add(slot(key));
                table.put(permanent.get(key));
            }
            Random updates = new Random(1);
            Random sizes = new Random(2);
            run(
                    () -> readTable(rcu, permanent),
                    List.of(
                            () -> {
                                updateTable(rcu, PERMANENT + updates.nextInt(KEYS), updates.nextInt(5));
                                return null;
                            },
                            () -> {
                                table.resize(4 << sizes.nextInt(9));
                                return null;
                            }));
            assertEquals(count(), table.size());
            assertTrue(rcu.stats().gracePeriods() > 0);
        }
    }

    private int count() {
        int[] count = new int[1];
        table.forEach(slot -> count[0]++);
        return count[0];
    }

    private void updateTable(Rcu rcu, int key, int kind) {
        if (kind < 2) {
            Slot fresh = slot(key);
            if (table.putIfAbsent(fresh) != null) {
                fresh.giveBack(); // nobody has seen it
            }
        } else {
            Slot gone = kind == 2 ? table.put(slot(key)) : table.removeKey(key);
            if (gone != null) {
                rcu.call(gone);
            }
        }
    }

    private Void readTable(Rcu rcu, List<Slot> permanent) {
        Random random = new Random();
        try (RcuReader reader = rcu.register()) {
            BitSet met = new BitSet();
            for (int i = 0; i < WALKS || !cameBack; i++) {
                reader.lock();
                try {
                    Slot slot = permanent.get(random.nextInt(PERMANENT));
                    check(table.lookup(slot.key()) == slot, "a key that stays was not found");
                    int key = PERMANENT + random.nextInt(KEYS);
                    Slot found = table.lookup(key);
                    check(
                            found == null || (found.key() == key && found.life.loadOpaque() == key),
                            "found a node in another life");
                    walkTable(met);
                } finally {
                    reader.unlock();
                }
                met.clear();
            }
        }
        return null;
    }

    private void walkTable(BitSet met) {
        for (Slot slot = table.firstOrNull(); slot != null; slot = table.nextOrNull(slot)) {
            int key = slot.key();
            check(key != Life.POISON && slot.life.loadOpaque() == key, "a node was used again under its reader");
            check(!met.get(key), "a key was met twice");
            met.set(key);
        }
        check(met.nextClearBit(0) >= PERMANENT, "a key that stays was not met");
    }

    // ---- the list ----

    private final RcuList<Element> list = new RcuList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentLinkedQueue<Element> freeElements = new ConcurrentLinkedQueue<>();

    private final class Element extends RcuListNode implements RcuHead {
        final Life life = new Life();

        @Override
        public void invoke() {
            life.storeOpaque(Life.POISON);
            freeElements.add(this);
            cameBack = true;
        }
    }

    private Element element(int number) {
        Element pooled = freeElements.poll();
        Element element = pooled == null ? new Element() : pooled;
        element.life.storeOpaque(number);
        return element;
    }

    @Test
    void aListThatIsUpdatedKeepsItsPromises() throws Exception {
        try (Rcu rcu = Rcu.create("torture")) {
            List<Element> permanent = new ArrayList<>();
            for (int number = 0; number < PERMANENT; number++) {
                permanent.add(element(number));
                list.addTail(permanent.get(number));
            }
            List<Element> passing = new ArrayList<>();
            Random random = new Random(3);
            run(() -> readList(rcu), List.of(() -> updateList(rcu, permanent, passing, random)));
        }
    }

    private Void updateList(Rcu rcu, List<Element> permanent, List<Element> passing, Random random) {
        Element gone = null;
        lock.lock();
        try {
            int kind = passing.size() < 32 ? random.nextInt(7) : 3 + random.nextInt(4);
            if (kind < 3) {
                Element fresh = element(PERMANENT + random.nextInt(KEYS));
                Element position = permanent.get(random.nextInt(PERMANENT));
                if (kind == 0) {
                    list.addBefore(fresh, position);
                } else {
                    list.addBehind(fresh, position);
                }
                passing.add(fresh);
            } else if (!passing.isEmpty()) {
                gone = passing.remove(random.nextInt(passing.size()));
                if (kind < 5) {
                    list.del(gone);
                } else {
                    Element fresh = element(PERMANENT);
                    list.replace(gone, fresh);
                    passing.add(fresh);
                }
            }
        } finally {
            lock.unlock();
        }
        if (gone != null) {
            rcu.call(gone);
        }
        return null;
    }

    private Void readList(Rcu rcu) {
        try (RcuReader reader = rcu.register()) {
            for (int i = 0; i < WALKS || !cameBack; i++) {
                reader.lock();
                try {
                    int next = 0;
                    for (Element e = list.firstOrNull(); e != null; e = list.nextOrNull(e)) {
                        int number = e.life.loadOpaque();
                        check(number != Life.POISON, "a node was used again under its reader");
                        if (number < PERMANENT) {
                            check(number == next, "an element that stays was missed, or met twice");
                            next++;
                        }
                    }
                    check(next == PERMANENT, "the walk ended early");
                } finally {
                    reader.unlock();
                }
            }
        }
        return null;
    }
}
