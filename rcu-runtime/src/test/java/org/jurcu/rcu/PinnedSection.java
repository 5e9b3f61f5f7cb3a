package org.jurcu.rcu;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Runs a body where a virtual thread keeps its carrier whatever it waits for: in the initializer of a class, which the JVM
 * calls. A class is initialized once, so each body has its own copy of {@link Initialized}, from a loader of its own.
 */
public final class PinnedSection extends ClassLoader {
    private static final ThreadLocal<Runnable> BODY = new ThreadLocal<>();

    private PinnedSection() {
        super(PinnedSection.class.getClassLoader());
    }

    static void run(Runnable body) {
        BODY.set(body);
        try {
            String name = PinnedSection.class.getName() + "$Initialized";
            Class.forName(name, true, new PinnedSection());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        } finally {
            BODY.remove();
        }
    }

    /** Called by the copies, which are of other loaders and so of another package. */
    public static void runBody() {
        BODY.get().run();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.endsWith("$Initialized")) {
            return super.loadClass(name, resolve);
        }
        try (InputStream code = getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] bytes = Objects.requireNonNull(code, name).readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** Its copies' initializers run the body. */
    static final class Initialized {
        static {
            PinnedSection.runBody();
        }

        private Initialized() {}
    }
}
