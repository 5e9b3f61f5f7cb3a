package org.jurcu.rcu;

/** A domain as JMX sees it. */
final class DomainView implements RcuDomainMXBean {
    private final RcuDomain domain;

    DomainView(RcuDomain domain) {
        this.domain = domain;
    }

    @Override
    public String getDomain() {
        return domain.name();
    }

    @Override
    public String getFlavour() {
        return domain.getClass().getSimpleName();
    }

    @Override
    public long getGracePeriods() {
        return domain.stats().gracePeriods();
    }

    @Override
    public long getCallbacksQueued() {
        return domain.stats().callbacksQueued();
    }

    @Override
    public long getCallbacksInvoked() {
        return domain.stats().callbacksInvoked();
    }

    @Override
    public long getCallbackFailures() {
        return domain.stats().callbackFailures();
    }

    @Override
    public long getBacklog() {
        return domain.stats().backlog();
    }

    @Override
    public long getBacklogAgeNanos() {
        return domain.stats().backlogAgeNanos();
    }

    @Override
    public long getGracePeriodsHurried() {
        return domain.stats().gracePeriodsHurried();
    }

    @Override
    public long getCallsBlocked() {
        return domain.stats().callsBlocked();
    }

    @Override
    public long getCallsRejected() {
        return domain.stats().callsRejected();
    }

    @Override
    public long getReaderStalls() {
        return domain.stats().readerStalls();
    }

    @Override
    public int getReadersRegistered() {
        return domain.stats().readersRegistered();
    }

    @Override
    public long getReadersDiedInside() {
        return domain.stats().readersDiedInside();
    }

    @Override
    public String getFenceStrategy() {
        return domain.stats().fenceStrategy();
    }
}
