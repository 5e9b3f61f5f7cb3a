package org.jurcu.stress.torture;

/**
 * One thread's random choices, the same for the same seed, flavour and role. (Which thread comes first at what is the machine's choice, and no
 * seed's.) SplitMix64; allocates nothing.
 */
final class Choices {
    private long state;

    private Choices(long state) {
        this.state = state;
    }

    static Choices of(long seed, String flavour, String role) {
        Choices choices = new Choices(seed);
        choices.state = choices.next() ^ ((long) flavour.hashCode() << 32) ^ role.hashCode();
        choices.next();
        return choices;
    }

    long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Returns a number from 0 to {@code bound - 1}. */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    boolean oneIn(int n) {
        return below(n) == 0;
    }
}
