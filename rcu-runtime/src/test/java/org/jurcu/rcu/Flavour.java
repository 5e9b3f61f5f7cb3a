package org.jurcu.rcu;

import java.util.function.Consumer;

/** The three kinds of domain, for tests of what they have in common. */
enum Flavour {
    RCU {
        @Override
        DomainBuilder<?, ?> builder(String name) {
            return Rcu.builder(name);
        }

        @Override
        Section enter(RcuDomain domain) {
            Rcu rcu = (Rcu) domain;
            rcu.readLock();
            return rcu::readUnlock;
        }
    },
    /** A section is the time from one quiescent state to the next. */
    QSBR {
        @Override
        DomainBuilder<?, ?> builder(String name) {
            return Qsbr.builder(name);
        }

        @Override
        Section enter(RcuDomain domain) {
            return ((Qsbr) domain).register()::close;
        }
    },
    SRCU {
        @Override
        DomainBuilder<?, ?> builder(String name) {
            return Srcu.builder(name);
        }

        @Override
        Section enter(RcuDomain domain) {
            Srcu srcu = (Srcu) domain;
            int token = srcu.readLock();
            return () -> srcu.readUnlock(token);
        }
    };

    /** What the calling thread is in, and leaves. */
    interface Section {
        void leave();
    }

    abstract DomainBuilder<?, ?> builder(String name);

    /** Begins a section of the calling thread. */
    abstract Section enter(RcuDomain domain);

    final RcuDomain create(String name) {
        return builder(name).build();
    }

    final RcuDomain create(String name, Consumer<DomainBuilder<?, ?>> options) {
        DomainBuilder<?, ?> builder = builder(name);
        options.accept(builder);
        return builder.build();
    }

    /** Has another thread begin a section, which it leaves when it is told to. */
    final OpenSection openSection(RcuDomain domain) throws InterruptedException {
        return new OpenSection(() -> enter(domain));
    }
}
