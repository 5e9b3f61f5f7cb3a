package org.jurcu.task.trace;

import java.lang.reflect.Method;

/**
 * How many bytes the current thread has allocated: {@code com.sun.management.ThreadMXBean}, called by reflection because
 * the module under test does not read {@code jdk.management}.
 */
final class AllocatedBytes {
    private final Object bean;
    private final Method method;

    AllocatedBytes() throws ReflectiveOperationException {
        bean = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        method = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
    }

    long now() throws ReflectiveOperationException {
        return (Long) method.invoke(bean);
    }
}
