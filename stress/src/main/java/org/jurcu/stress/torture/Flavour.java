package org.jurcu.stress.torture;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jurcu.rcu.CountedReaders;
import org.jurcu.rcu.DomainBuilder;
import org.jurcu.rcu.Qsbr;
import org.jurcu.rcu.QsbrReader;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuReader;
import org.jurcu.rcu.ReaderStall;
import org.jurcu.rcu.Srcu;
import org.jurcu.rcu.TortureOptions;

/** The flavours that are shipped, each with the readers that it is for. */
enum Flavour {
    RCU("Rcu.readLock() on platform threads") {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            Rcu rcu = options(Rcu.builder(name), stallTimeout, stalls).build();
            return new Subject(rcu, reader -> new ByThread(rcu), false, true, stalls);
        }
    },
    RCU_READER("RcuReader handles") {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            Rcu rcu = options(Rcu.builder(name), stallTimeout, stalls).build();
            return new Subject(rcu, reader -> new ByHandle(rcu.register()), false, true, stalls);
        }
    },
    RCU_VIRTUAL("Rcu.readLock() on virtual threads; before JDK 21 platform threads that are counted as those are") {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            Rcu.Builder options = options(Rcu.builder(name), stallTimeout, stalls);
            if (Threads.areVirtualHere()) {
                Rcu rcu = options.build();
                return new Subject(rcu, reader -> new ByThread(rcu), true, false, stalls);
            }
            CountedReaders counted = new CountedReaders();
            return new Subject(counted.domain(options), reader -> new Counted(counted), true, false, stalls);
        }
    },
    QSBR("QsbrReader") {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            Qsbr qsbr = options(Qsbr.builder(name), stallTimeout, stalls).build();
            return new Subject(qsbr, reader -> new Quiescent(qsbr.register()), false, true, stalls);
        }
    },
    SRCU("Srcu on platform threads; sections overlap, and others end them") {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            return srcu(name, stallTimeout, stalls, false);
        }
    },
    SRCU_VIRTUAL("Srcu on virtual threads that park inside; before JDK 21 on platform threads") {
        @Override
        Subject create(String name, Duration stallTimeout, StallReports stalls) {
            return srcu(name, stallTimeout, stalls, true);
        }
    };

    private final String description;

    Flavour(String description) {
        this.description = description;
    }

    /** Returns a new domain of this flavour, whose sequence wraps soon. */
    abstract Subject create(String name, Duration stallTimeout, StallReports stalls);

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String description() {
        return description;
    }

    private static <B extends DomainBuilder<?, B>> B options(
            B builder, Duration stallTimeout, Consumer<? super ReaderStall> stalls) {
        return TortureOptions.set(builder, stallTimeout, stalls).highWaterMark(1000);
    }

    private static Subject srcu(String name, Duration stallTimeout, StallReports stalls, boolean virtual) {
        Srcu srcu = options(Srcu.builder(name), stallTimeout, stalls).build();
        IntFunction<ReadSide> readers = reader -> new Sleepable(srcu);
        return new Subject(srcu, readers, virtual, false, stalls).handingOver();
    }

    private static final class ByThread extends ReadSide {
        private final Rcu rcu;

        ByThread(Rcu rcu) {
            this.rcu = rcu;
        }

        @Override
        int enter() {
            rcu.readLock();
            return 0;
        }

        @Override
        void exit(int token) {
            rcu.readUnlock();
        }
    }

    private static final class Counted extends ReadSide {
        private final CountedReaders counted;

        Counted(CountedReaders counted) {
            this.counted = counted;
        }

        @Override
        int enter() {
            counted.readLock();
            return 0;
        }

        @Override
        void exit(int token) {
            counted.readUnlock();
        }
    }

    private static final class ByHandle extends ReadSide {
        private final RcuReader reader;

        ByHandle(RcuReader reader) {
            this.reader = reader;
        }

        @Override
        int enter() {
            reader.lock();
            return 0;
        }

        @Override
        void exit(int token) {
            reader.unlock();
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    /** A section is all that happens between two rests, so that what was found lives on between lock and lock too. */
    private static final class Quiescent extends ReadSide {
        private static final int OFFLINE_ONE_IN = 8;

        private final QsbrReader reader;

        Quiescent(QsbrReader reader) {
            this.reader = reader;
        }

        @Override
        int enter() {
            reader.lock();
            return 0;
        }

        @Override
        void exit(int token) {
            reader.unlock();
        }

        @Override
        int swap(int token) {
            exit(token);
            return enter();
        }

        @Override
        void rest(Choices choices) {
            if (choices.oneIn(OFFLINE_ONE_IN)) {
                reader.offline();
                reader.online(); // which is no quiescent state by itself
            } else {
                reader.quiescentState();
            }
        }

        @Override
        void abandon() {
            reader.offline();
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    private static final class Sleepable extends ReadSide {
        private final Srcu srcu;

        Sleepable(Srcu srcu) {
            this.srcu = srcu;
        }

        @Override
        int enter() {
            return srcu.readLock();
        }

        @Override
        void exit(int token) {
            srcu.readUnlock(token);
        }

        @Override
        boolean swapKeepsWhatWasFound() {
            return false;
        }
    }
}
