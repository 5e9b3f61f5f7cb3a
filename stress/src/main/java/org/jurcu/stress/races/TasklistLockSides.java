package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;
import org.jurcu.task.TasklistLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * The two sides of {@code tasklist_lock}: one thread writes two plain fields under the write side, the other reads them under the
 * read side and then writes too ({@code docs/synchronization.md} §8).
 *
 * <p>Hypothesis: a reader sees both writes of a writer or neither, and no write is lost.
 *
 * <p>What may hide a failure: of the order only atomicity can fail on x86, since stores and loads keep theirs there;
 * {@code LockModelTest} shows the rest. An uncontended sample proves nothing, hence the twins.
 *
 * <p>Observed: docs/stress.md.
 *
 * <pre>{@code java -jar stress/target/jcstress.jar -t TasklistLockSides}</pre>
 */
@Outcome(
        id = {"0, 0, 2", "1, 1, 2"},
        expect = Expect.ACCEPTABLE,
        desc = "The reader came before the writer, or after.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A reader met a writer, or one writer another.")
public class TasklistLockSides {
    private static final int WRITER = -1;

    /** The same outcomes, with the meeting wanted. */
    @Outcome(
            id = {"0, 0, 2", "1, 1, 2"},
            expect = Expect.ACCEPTABLE,
            desc = "The reader came before the writer, or after.")
    @Outcome(
            id = {"0, 1, .*", "1, 0, .*"},
            expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "A reader met a writer.")
    @Outcome(id = ".*, .*, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "A writer met another.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "What no lock at all would explain.")
    public static class Twins {}

    /** The actors, on one of the locks. */
    public abstract static class Race {
        private int first;
        private int second;

        abstract void readLock();

        abstract void readUnlock();

        abstract void writeLock();

        abstract void writeUnlock();

        private void write() {
            writeLock();
            first++;
            second++;
            writeUnlock();
        }

        final void writeSide() {
            write();
        }

        /** Under the read side, then under the other. */
        final void readSide(III_Result r) {
            readLock();
            r.r1 = first;
            r.r2 = second;
            readUnlock();
            write();
        }

        final int written() {
            return Math.min(first, second);
        }
    }

    /** The lock's one word: {@code -1} a writer, {@code 0} free, {@code n} readers. */
    public abstract static class Word extends Race {
        static final VarHandle STATE = Handles.of(Word.class, "state", int.class);

        int state;

        boolean tryRead(int readers) {
            return readers >= 0 && STATE.weakCompareAndSetAcquire(this, readers, readers + 1);
        }

        boolean tryWrite() {
            return STATE.weakCompareAndSetAcquire(this, 0, WRITER);
        }

        @Override
        void readLock() {
            while (!tryRead((int) STATE.getOpaque(this))) {
                Thread.onSpinWait();
            }
        }

        @Override
        void readUnlock() {
            STATE.getAndAdd(this, -1);
        }

        @Override
        final void writeLock() {
            while (!tryWrite()) {
                Thread.onSpinWait();
            }
        }

        @Override
        void writeUnlock() {
            STATE.setRelease(this, 0);
        }
    }

    /** As the library's, without its queue. */
    @JCStressTest
    @JCStressMeta(TasklistLockSides.class)
    @State
    public static class Model extends Word {
        @Actor
        public void writer(III_Result r) {
            writeSide();
        }

        @Actor
        public void reader(III_Result r) {
            readSide(r);
        }

        @Arbiter
        public void end(III_Result r) {
            r.r3 = written();
        }
    }

    /** A writer looks whether the lock is free, and then takes it. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedGetThenSet extends Word {
        @Override
        boolean tryWrite() {
            if ((int) STATE.getVolatile(this) != 0) {
                return false;
            }
            STATE.setVolatile(this, WRITER);
            return true;
        }

        /** The one reader that there is; a count that a writer has overwritten would never come back to 0. */
        @Override
        void readUnlock() {
            STATE.setVolatile(this, 0);
        }

        @Actor
        public void writer(III_Result r) {
            writeSide();
        }

        @Actor
        public void reader(III_Result r) {
            readSide(r);
        }

        @Arbiter
        public void end(III_Result r) {
            r.r3 = written();
        }
    }

    /** A reader does not care who holds the lock. */
    @JCStressTest
    @JCStressMeta(Twins.class)
    @State
    public static class WeakenedReaderDoesNotLook extends Word {
        @Override
        void readLock() {}

        @Override
        void readUnlock() {}

        @Actor
        public void writer(III_Result r) {
            writeSide();
        }

        @Actor
        public void reader(III_Result r) {
            readSide(r);
        }

        @Arbiter
        public void end(III_Result r) {
            r.r3 = written();
        }
    }

    /** The library's. */
    @JCStressTest
    @JCStressMeta(TasklistLockSides.class)
    @State
    public static class Shipped extends Race {
        private final TasklistLock lock = new TasklistLock();

        @Override
        void readLock() {
            lock.readLock();
        }

        @Override
        void readUnlock() {
            lock.readUnlock();
        }

        @Override
        void writeLock() {
            lock.writeLock();
        }

        @Override
        void writeUnlock() {
            lock.writeUnlock();
        }

        @Actor
        public void writer(III_Result r) {
            writeSide();
        }

        @Actor
        public void reader(III_Result r) {
            readSide(r);
        }

        @Arbiter
        public void end(III_Result r) {
            r.r3 = written();
        }
    }
}
