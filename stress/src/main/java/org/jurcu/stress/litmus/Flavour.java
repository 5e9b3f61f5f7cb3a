package org.jurcu.stress.litmus;

import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jurcu.rcu.CountedReaders;
import org.jurcu.rcu.Qsbr;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.Srcu;
import org.jurcu.stress.races.FrozenDomains;
import org.jurcu.stress.races.GraceDomain;

/** The kinds of readers that there are, and what the domain does about them. */
enum Flavour {
    /** The pattern has no sections and waits for no grace period. */
    NONE {
        @Override
        Domain open() {
            return null;
        }
    },
    /** {@link Rcu#readLock} on a platform thread. */
    RCU {
        @Override
        Domain open() {
            Rcu rcu = Rcu.create("litmus");
            return new ShippedDomain(rcu, () -> RcuSections.byLookup(rcu));
        }

        @Override
        Map<String, Supplier<GraceDomain>> frozen() {
            return FrozenDomains.ofEpochs();
        }
    },
    /** A handle. */
    RCU_READER {
        @Override
        Domain open() {
            Rcu rcu = Rcu.create("litmus-reader");
            return new ShippedDomain(rcu, () -> RcuSections.byHandle(rcu));
        }
    },
    /** {@link Rcu#readLock} as a virtual thread goes through it. */
    RCU_VIRTUAL {
        @Override
        Domain open() {
            CountedReaders readers = new CountedReaders();
            return new ShippedDomain(readers.domain(), () -> RcuSections.counted(readers));
        }

        @Override
        Map<String, Supplier<GraceDomain>> frozen() {
            return FrozenDomains.ofVirtualReaders();
        }
    },
    /** Offline between two sections. */
    QSBR {
        @Override
        Domain open() {
            Qsbr qsbr = Qsbr.create("litmus-qsbr");
            return new ShippedDomain(qsbr, () -> QsbrSections.byOffline(qsbr));
        }

        @Override
        Map<String, Supplier<GraceDomain>> frozen() {
            return FrozenDomains.ofQuiescentStates();
        }
    },
    /** A quiescent state between two sections. */
    QSBR_QUIESCENT {
        @Override
        Domain open() {
            Qsbr qsbr = Qsbr.create("litmus-quiescent");
            return new ShippedDomain(qsbr, () -> QsbrSections.byQuiescentState(qsbr));
        }
    },
    /** Counted with tokens. */
    SRCU {
        @Override
        Domain open() {
            return openSrcu("litmus-srcu");
        }

        @Override
        Map<String, Supplier<GraceDomain>> frozen() {
            return FrozenDomains.ofCounters();
        }
    };

    /** Makes a domain. */
    abstract Domain open();

    /** Returns the flavour's algorithm with one order taken away, by what that is. */
    Map<String, Supplier<GraceDomain>> frozen() {
        return Map.of();
    }

    /** Returns the word used in texts and reports. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Flavour of(String label) {
        for (Flavour flavour : values()) {
            if (flavour.label().equals(label)) {
                return flavour;
            }
        }
        throw new IllegalArgumentException("there is no flavour " + label);
    }

    static Domain openSrcu(String name) {
        Srcu srcu = Srcu.create(name);
        return new ShippedDomain(srcu, () -> new SrcuSections(srcu));
    }
}
