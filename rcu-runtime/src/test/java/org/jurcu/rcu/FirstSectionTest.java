package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The first section of a thread looks for its reader, and registers one if there is none. In between no class may be loaded:
 * a class loader may be the application's, and it may read in the same domain.
 */
class FirstSectionTest {
    @ParameterizedTest
    @ValueSource(classes = {Reads.class, Registers.class, ReadsVirtually.class, IsRefused.class, IsQuiescent.class})
    void loadsNoClass(Class<?> application) throws Exception {
        WatchedLoader loader = new WatchedLoader();
        Constructor<?> constructor = loader.loadClass(application.getName()).getDeclaredConstructor();
        constructor.setAccessible(true); // the same package by name, but not by loader
        assertNotNull(((Callable<?>) constructor.newInstance()).call());
        assertEquals(List.of(), List.copyOf(loader.loaded));
    }

    @Test
    void whoWasRegisteredMeanwhileIsNotRegisteredAgain() {
        RcuReaders readers = new RcuReaders("first");
        RcuReader meanwhile = readers.currentOrRegister();
        assertSame(meanwhile, readers.registerCurrent());
        assertEquals(1, readers.registered());
        meanwhile.close();
    }

    private static void watch(Class<?> application) {
        ((Runnable) application.getClassLoader()).run();
    }

    static final class Reads implements Callable<Object> {
        @Override
        public Object call() {
            Rcu rcu = Rcu.create("first");
            watch(Reads.class);
            rcu.readLock();
            rcu.readUnlock();
            return rcu;
        }
    }

    static final class Registers implements Callable<Object> {
        @Override
        public Object call() {
            Rcu rcu = Rcu.create("first");
            watch(Registers.class);
            RcuReader reader = rcu.register();
            reader.lock();
            reader.unlock();
            reader.close();
            return rcu;
        }
    }

    /** On whatever thread: before JDK 21 none is virtual, and the counters are asked for directly. */
    static final class ReadsVirtually implements Callable<Object> {
        @Override
        public Object call() {
            RcuReaders readers = new RcuReaders("first");
            watch(ReadsVirtually.class);
            readers.virtualReaders().enter();
            readers.virtualReaders().exit();
            return readers;
        }
    }

    static final class IsRefused implements Callable<Object> {
        @Override
        public Object call() {
            Rcu rcu = Rcu.create("first");
            watch(IsRefused.class);
            return assertThrows(IllegalStateException.class, rcu::readUnlock);
        }
    }

    static final class IsQuiescent implements Callable<Object> {
        @Override
        public Object call() {
            Qsbr qsbr = Qsbr.create("first");
            watch(IsQuiescent.class);
            QsbrReader reader = qsbr.register();
            reader.close();
            return qsbr;
        }
    }

    /** Defines Jurcu's classes anew and, from {@link #run} on, notes which. */
    private static final class WatchedLoader extends ClassLoader implements Runnable {
        final Queue<String> loaded = new ConcurrentLinkedQueue<>();
        private volatile boolean watching;

        WatchedLoader() {
            super(FirstSectionTest.class.getClassLoader());
        }

        @Override
        public void run() {
            watching = true;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("org.jurcu.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> present = findLoadedClass(name);
            if (present != null) {
                return present;
            }
            if (watching) {
                loaded.add(name);
            }
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
