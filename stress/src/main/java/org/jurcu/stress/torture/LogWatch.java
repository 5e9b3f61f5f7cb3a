package org.jurcu.stress.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Reads what the library logs, in the place of the console: reports of deaths that were arranged, and nothing else, are expected. */
final class LogWatch extends Handler implements AutoCloseable {
    private static final String LOGGER = "org.jurcu.rcu";

    private final Logger logger = Logger.getLogger(LOGGER); // held, or it may be collected with its handler
    private final boolean parents = logger.getUseParentHandlers();
    private final List<String> unexpected = new ArrayList<>();

    private LogWatch() {}

    static LogWatch begin() {
        LogWatch watch = new LogWatch();
        watch.logger.setUseParentHandlers(false);
        watch.logger.addHandler(watch);
        return watch;
    }

    @Override
    public void publish(LogRecord entry) {
        String text = String.valueOf(entry.getMessage());
        boolean death = text.contains(" died ");
        if (entry.getLevel().intValue() >= Level.WARNING.intValue() && !death) {
            synchronized (unexpected) {
                unexpected.add(text + (entry.getThrown() == null ? "" : " " + entry.getThrown()));
            }
        }
    }

    List<String> unexpected() {
        synchronized (unexpected) {
            return List.copyOf(unexpected);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(parents);
    }
}
