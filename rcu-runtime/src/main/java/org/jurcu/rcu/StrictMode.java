package org.jurcu.rcu;

/**
 * Whether {@code -Djurcu.strict=true} asks for every check, at the price of speed: for tests of an application.
 *
 * <p>A constant to the JIT compiler: a path guarded by it costs nothing when it is off.
 */
final class StrictMode {
    static final boolean ON = Boolean.getBoolean("jurcu.strict");

    private StrictMode() {}
}
