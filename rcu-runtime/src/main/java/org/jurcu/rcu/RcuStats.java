package org.jurcu.rcu;

/**
 * What a domain has done so far.
 *
 * <p>The numbers are read one after the other while the domain works on; {@code callbacksInvoked} is read before
 * {@code callbacksQueued}, so that the backlog is never negative and never hides a callback.
 *
 * @param domain the domain's name
 * @param gracePeriods grace periods that have ended
 * @param callbacksQueued callbacks that {@link RcuDomain#call} has accepted
 * @param callbacksInvoked callbacks that have run, those that threw included
 * @param callbackFailures callbacks that threw
 * @param backlog callbacks that are queued and have not run yet
 * @param backlogAgeNanos an estimate of the age of the oldest of them, in nanoseconds; 0 if there is none. It is usually
 *     its age plus at most the time that the batch before it took. It can be too large while a callback is being queued
 *     in an idle domain (it then counts from the domain's last work), and too small by the time for which a thread that
 *     was queueing one was kept from running. Watch its trend, not one value
 * @param gracePeriodsHurried grace periods that were hurried, since the backlog had become too large or too old
 * @param callsBlocked calls that waited for the backlog ({@link BackpressurePolicy#BLOCK_CALLER})
 * @param callsRejected calls that were refused for the backlog ({@link BackpressurePolicy#REJECT})
 * @param readerStalls grace periods that readers held up for longer than the stall timeout, see {@link ReaderStall}
 * @param readersRegistered threads that are registered
 * @param readersDiedInside threads that were found dead inside a section
 * @param fenceStrategy the fence strategy in force, see {@link org.jurcu.fence.AsymmetricFence#strategy}
 */
public record RcuStats(
        String domain,
        long gracePeriods,
        long callbacksQueued,
        long callbacksInvoked,
        long callbackFailures,
        long backlog,
        long backlogAgeNanos,
        long gracePeriodsHurried,
        long callsBlocked,
        long callsRejected,
        long readerStalls,
        int readersRegistered,
        long readersDiedInside,
        String fenceStrategy) {}
