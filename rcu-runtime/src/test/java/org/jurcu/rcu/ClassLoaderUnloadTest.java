package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thread that outlives an application must not keep the application's class loader because it once read. */
class ClassLoaderUnloadTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                ReadsAndCloses.class,
                ReadsAndForgets.class,
                StallsAndForgets.class,
                CountsAndForgets.class,
                IsQuiescentAndCloses.class,
                StaysOnlineAndForgets.class
            })
    void aReaderThreadKeepsNoClassLoader(Class<?> application) throws Exception {
        WeakReference<ClassLoader> loader = runInLoaderOfItsOwn(application);
        awaitCleared(loader);
        assertNull(loader.get());
    }

    /** The virtual thread lives on, and once read. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aVirtualReaderKeepsNoClassLoader() throws Exception {
        FutureTask<WeakReference<ClassLoader>> reading =
                new FutureTask<>(() -> runInLoaderOfItsOwn(ReadsVirtually.class));
        CountDownLatch unloaded = new CountDownLatch(1);
        Runnable body = () -> {
            reading.run();
            try {
                unloaded.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        Thread thread = (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
        awaitCleared(reading.get());
        assertTrue(thread.isAlive());
        unloaded.countDown();
        thread.join();
    }

    @Test
    void theApplicationsClassesAreItsOwn() throws Exception {
        Class<?> other = new OwnLoader().loadClass(Rcu.class.getName());
        assertNotSame(Rcu.class, other);
    }

    private static WeakReference<ClassLoader> runInLoaderOfItsOwn(Class<?> application) throws Exception {
        ClassLoader loader = new OwnLoader();
        Constructor<?> constructor = loader.loadClass(application.getName()).getDeclaredConstructor();
        constructor.setAccessible(true); // the same package by name, but not by loader
        Callable<?> instance = (Callable<?>) constructor.newInstance();
        instance.call();
        return new WeakReference<>(loader);
    }

    private static void awaitCleared(WeakReference<?> reference) throws InterruptedException {
        while (reference.get() != null) { // the test's time limit ends this
            System.gc();
            Thread.sleep(
                    10); // the collector's pace, and the idle time of the domain's thread; nothing is decided by it
        }
    }

    /** Uses a domain on the calling thread, all ways round, and closes it. */
    static class ReadsAndCloses implements Callable<Object> {
        @Override
        public Object call() {
            use().close();
            return null;
        }

        static Rcu use() {
            Rcu rcu = Rcu.builder("application").idleTime(Duration.ofMillis(1)).build();
            rcu.readLock();
            rcu.register();
            rcu.readUnlock();
            rcu.call(rcu::name);
            rcu.synchronize();
            return rcu;
        }
    }

    /** Uses a domain and drops it without closing. */
    static final class ReadsAndForgets extends ReadsAndCloses {
        @Override
        public Object call() {
            use();
            return null;
        }
    }

    /** Stalls a domain on the calling thread, and drops it while the handler's thread may still live. */
    static final class StallsAndForgets implements Callable<Object> {
        @Override
        public Object call() throws Exception {
            CountDownLatch reported = new CountDownLatch(1);
            Rcu rcu = Rcu.builder("application")
                    .idleTime(Duration.ofMillis(1))
                    .stallNanos(1)
                    .onStall(stall -> reported.countDown())
                    .build();
            rcu.readLock();
            rcu.startPoll();
            reported.await();
            rcu.readUnlock();
            return null;
        }
    }

    /** Reads without a handle and drops the domain. */
    static final class ReadsVirtually implements Callable<Object> {
        @Override
        public Object call() {
            Rcu rcu = Rcu.create("application");
            rcu.readLock();
            rcu.readUnlock();
            if (rcu.stats().readersRegistered() != 0) {
                throw new AssertionError("not a virtual reader");
            }
            return null;
        }
    }

    /** Uses a domain whose readers are counted, leaves a section open, and drops it. */
    static final class CountsAndForgets implements Callable<Object> {
        @Override
        public Object call() {
            Srcu srcu =
                    Srcu.builder("application").idleTime(Duration.ofMillis(1)).build();
            srcu.readUnlock(srcu.readLock());
            srcu.call(srcu::name);
            srcu.barrier(); // or the callback might wait for the section for ever
            return srcu.readLock();
        }
    }

    /** Reads between quiescent states on the calling thread, and closes its reader and the domain. */
    static final class IsQuiescentAndCloses implements Callable<Object> {
        @Override
        public Object call() {
            try (Qsbr qsbr = domain();
                    QsbrReader reader = qsbr.register()) {
                use(qsbr, reader);
            }
            return null;
        }

        static Qsbr domain() {
            return Qsbr.builder("application").idleTime(Duration.ofMillis(1)).build();
        }

        static void use(Qsbr qsbr, QsbrReader reader) {
            reader.lock();
            reader.unlock();
            reader.quiescentState();
            reader.offlineScope().close();
            qsbr.call(qsbr::name);
            qsbr.barrier(); // or the callback would wait for this thread for ever
        }
    }

    /** Leaves the calling thread registered and online, and drops the domain. */
    static final class StaysOnlineAndForgets implements Callable<Object> {
        @Override
        public Object call() {
            Qsbr qsbr = IsQuiescentAndCloses.domain();
            QsbrReader reader = qsbr.register();
            IsQuiescentAndCloses.use(qsbr, reader);
            if (!reader.held()) {
                throw new AssertionError("not online");
            }
            return null;
        }
    }

    /** Defines Jurcu's classes anew. */
    private static final class OwnLoader extends ClassLoader {
        OwnLoader() {
            super(ClassLoaderUnloadTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("org.jurcu.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
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
