package org.jurcu.rcu;

/** When and where a thread began its outermost section; kept in strict mode only. */
final class SectionEntry {
    final long nanoTime = System.nanoTime();

    // A stack trace costs less as long as nobody looks at it.
    private final Throwable here = new Throwable();

    StackTraceElement[] stackTrace() {
        return here.getStackTrace();
    }
}
