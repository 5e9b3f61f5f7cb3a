package org.jurcu.rcu;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged to {@code org.jurcu.rcu} while this is open, in the place of the console. */
final class RecordedLog extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("org.jurcu.rcu"); // held: the log manager does not
    private final boolean usedParents = logger.getUseParentHandlers();
    private final BlockingQueue<LogRecord> entries = new LinkedBlockingQueue<>();

    RecordedLog() {
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
        entries.add(entry);
    }

    /** Waits for the next entry that contains {@code part}, and drops those before it. */
    LogRecord next(String part) throws InterruptedException {
        for (; ; ) {
            LogRecord entry = entries.poll(50, TimeUnit.SECONDS);
            if (entry == null) {
                throw new AssertionError("nothing was logged about " + part);
            }
            if (entry.getMessage().contains(part)) {
                return entry;
            }
        }
    }

    List<String> messages() {
        return entries.stream().map(LogRecord::getMessage).toList();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(usedParents);
    }
}
