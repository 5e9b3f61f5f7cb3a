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
 * @param backlogAgeNanos for how long there has been a backlog of which the oldest of them is part, in nanoseconds: its
 *     age, plus at most the time that the batch before it took; 0 if there is none
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
        int readersRegistered,
        long readersDiedInside,
        String fenceStrategy) {}
