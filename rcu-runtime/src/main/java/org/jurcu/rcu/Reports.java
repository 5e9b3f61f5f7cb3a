package org.jurcu.rcu;

/** Where a domain tells what went wrong outside its callers' sight: the System.Logger {@code org.jurcu.rcu}. */
final class Reports {
    private Reports() {}

    /** Logs, and swallows what a broken logger throws: reports come from threads that must not die of them. */
    static void warn(String sentence, Throwable cause) {
        try {
            Holder.LOGGER.log(System.Logger.Level.WARNING, sentence, cause);
        } catch (Throwable e) {
            // Nobody is left to tell.
        }
    }

    private static final class Holder {
        static final System.Logger LOGGER = System.getLogger("org.jurcu.rcu");
    }
}
