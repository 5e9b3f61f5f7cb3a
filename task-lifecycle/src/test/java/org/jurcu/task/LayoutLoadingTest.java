package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A kernel loads the classes of its own layout only: what the compiler's class hierarchy analysis needs in order to call
 * the word directly.
 */
class LayoutLoadingTest {
    /** Has its own copy of the library's classes, and tells which. */
    private static final class Fresh extends ClassLoader {
        Fresh() {
            super(LayoutLoadingTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("org.jurcu.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        boolean has(String simpleName) {
            return findLoadedClass("org.jurcu.task." + simpleName) != null;
        }
    }

    /** What runs in the fresh loader: a task's whole life. */
    public static final class OneLife implements Callable<Boolean> {
        private final String layout;

        /** A life on the layout of that name. */
        public OneLife(String layout) {
            this.layout = layout;
        }

        @Override
        public Boolean call() {
            try (Kernel kernel = Kernel.create("life", 1, TaskLayout.valueOf(layout), Tracepoints.NONE)) {
                TaskStruct task = kernel.fork().copyProcess(kernel.init(), 0);
                kernel.exit().doExit(task);
                kernel.scheduler().doTaskDead(task);
                kernel.waits().wait4(kernel.init(), -1, 0);
                kernel.rcu().barrier();
                kernel.rcu().barrier();
                return task.isPoisoned();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKernelLoadsItsOwnLayoutOnly(TaskLayout layout) throws Exception {
        Fresh fresh = new Fresh();
        Class<?> life = fresh.loadClass(OneLife.class.getName());
        Method call = life.getMethod("call");
        assertEquals(true, call.invoke(life.getConstructor(String.class).newInstance(layout.name())));
        List<String> loaded = new ArrayList<>();
        for (TaskLayout any : TaskLayout.values()) {
            String word = any == TaskLayout.TAGGED ? "RcuUsersSlot" : prefix(any) + "RcuUsers";
            for (String name : List.of(word, prefix(any) + "Rules")) {
                if (fresh.has(name)) {
                    loaded.add(name);
                }
            }
        }
        String own = layout == TaskLayout.TAGGED ? "RcuUsersSlot" : prefix(layout) + "RcuUsers";
        assertEquals(List.of(own, prefix(layout) + "Rules"), loaded);
        assertFalse(fresh.has("WatchedTaskStruct"), "nobody asked for a history");
    }

    private static String prefix(TaskLayout layout) {
        return switch (layout) {
            case PRE_UNION -> "PreUnion";
            case UNION -> "Union";
            case SPLIT -> "Split";
            case TAGGED -> "Tagged";
        };
    }
}
