package org.jurcu.rcu;

/** Where a domain tells what went wrong outside its callers' sight: the System.Logger {@code org.jurcu.rcu}. */
final class Reports {
    private Reports() {}

    /** Logs, and swallows what a broken logger throws: reports come from threads that must not die of them. */
    static void warn(String sentence, Throwable cause) {
        log(System.Logger.Level.WARNING, sentence, cause);
    }

    /** Logs a report of a stall as one warning, and as information that it is over. */
    static void stall(ReaderStall stall) {
        boolean oldNews = stall.ended() && stall.report() > 1;
        log(oldNews ? System.Logger.Level.INFO : System.Logger.Level.WARNING, stall.toString(), null);
    }

    private static void log(System.Logger.Level level, String sentence, Throwable cause) {
        try {
            Holder.LOGGER.log(level, sentence, cause);
        } catch (Throwable e) {
            // Nobody is left to tell.
        }
    }

    private static final class Holder {
        static final System.Logger LOGGER = System.getLogger("org.jurcu.rcu");
    }
}
