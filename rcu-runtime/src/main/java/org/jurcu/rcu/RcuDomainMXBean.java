package org.jurcu.rcu;

/**
 * What JMX shows of a domain: {@link RcuStats}, an attribute for each number, with the same names and meanings. Each
 * attribute is read for itself. To be had by {@link RcuManagement#register}.
 */
public interface RcuDomainMXBean {
    /** Returns {@link RcuStats#domain}. */
    String getDomain();

    /** Returns the class of the domain, such as {@code Rcu}. */
    String getFlavour();

    /** Returns {@link RcuStats#gracePeriods}. */
    long getGracePeriods();

    /** Returns {@link RcuStats#callbacksQueued}. */
    long getCallbacksQueued();

    /** Returns {@link RcuStats#callbacksInvoked}. */
    long getCallbacksInvoked();

    /** Returns {@link RcuStats#callbackFailures}. */
    long getCallbackFailures();

    /** Returns {@link RcuStats#backlog}. */
    long getBacklog();

    /** Returns {@link RcuStats#backlogAgeNanos}. */
    long getBacklogAgeNanos();

    /** Returns {@link RcuStats#gracePeriodsHurried}. */
    long getGracePeriodsHurried();

    /** Returns {@link RcuStats#callsBlocked}. */
    long getCallsBlocked();

    /** Returns {@link RcuStats#callsRejected}. */
    long getCallsRejected();

    /** Returns {@link RcuStats#readerStalls}. */
    long getReaderStalls();

    /** Returns {@link RcuStats#readersRegistered}. */
    int getReadersRegistered();

    /** Returns {@link RcuStats#readersDiedInside}. */
    long getReadersDiedInside();

    /** Returns {@link RcuStats#fenceStrategy}. */
    String getFenceStrategy();
}
