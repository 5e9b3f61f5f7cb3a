package org.jurcu.stress.litmus;

import org.jurcu.rcu.Qsbr;
import org.jurcu.rcu.QsbrReader;

/** The two ways to say in a {@link Qsbr} that a section is over. */
final class QsbrSections {
    private QsbrSections() {}

    /** The thread is online in its sections and offline between them. */
    static Sections byOffline(Qsbr qsbr) {
        QsbrReader reader = registeredOffline(qsbr);
        return new NestingSections() {
            @Override
            void enter() {
                reader.online();
                reader.lock();
            }

            @Override
            void exit() {
                reader.unlock();
                reader.offline();
            }

            @Override
            public void close() {
                super.close();
                reader.close();
            }
        };
    }

    /** The thread is online all through its program, and quiescent at the end of each section. */
    static Sections byQuiescentState(Qsbr qsbr) {
        QsbrReader reader = registeredOffline(qsbr);
        return new NestingSections() {
            @Override
            public void begin() {
                reader.online();
            }

            @Override
            void enter() {
                reader.lock();
            }

            @Override
            void exit() {
                reader.unlock();
                reader.quiescentState();
            }

            @Override
            public void end() {
                reader.offline();
            }

            @Override
            public void close() {
                super.close();
                reader.close();
            }
        };
    }

    /** Offline first: whoever waits for the others of its crew must hold up no grace period. */
    private static QsbrReader registeredOffline(Qsbr qsbr) {
        QsbrReader reader = qsbr.register();
        reader.offline();
        return reader;
    }
}
