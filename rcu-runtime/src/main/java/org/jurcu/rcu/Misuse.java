package org.jurcu.rcu;

/** The sentences for callers who break the rules; each says what to do instead. */
final class Misuse {
    private Misuse() {}

    static IllegalStateException closed(String domain) {
        return new IllegalStateException("Domain \"" + domain + "\" is closed: create a new one.");
    }

    /** {@code entry} is shown as the cause; null unless in strict mode. */
    static IllegalStateException inside(String domain, String operation, SectionEntry entry) {
        return new IllegalStateException(
                operation + " would wait for its own caller, who is inside a read-side section" + " of domain \""
                        + domain + "\": unlock first, or use call().",
                entry);
    }

    static IllegalStateException insideCallback(String domain, String operation) {
        return new IllegalStateException(operation + " would wait for the callback of domain \"" + domain
                + "\" that calls it: call it from another thread.");
    }

    static IllegalStateException onOwnThread(String domain, String operation) {
        return new IllegalStateException(operation + " would wait for the thread of domain \"" + domain
                + "\" that calls it: call it from another thread.");
    }

    static IllegalStateException unlockWithoutLock(String domain) {
        return new IllegalStateException(
                "This thread holds no read-side section of domain \"" + domain + "\": lock before each unlock.");
    }

    static IllegalStateException foreignThread(String domain, String owner) {
        return new IllegalStateException("This reader of domain \"" + domain + "\" belongs to thread \"" + owner
                + "\": each thread must call register() for its own.");
    }

    static IllegalStateException closedReader(String domain) {
        return new IllegalStateException(
                "This reader of domain \"" + domain + "\" was closed: call register() for a new one.");
    }

    static IllegalStateException closedInside(String domain) {
        return new IllegalStateException(
                "This reader of domain \"" + domain + "\" is inside a read-side section: unlock before close.");
    }

    static IllegalStateException registeredInside(String domain) {
        return new IllegalStateException("This virtual thread is inside a read-side section of domain \"" + domain
                + "\" that readLock() began: call register() before it.");
    }

    static IllegalStateException nestedTooDeeply(String domain) {
        return new IllegalStateException("Read-side sections of domain \"" + domain + "\" are nested "
                + Integer.MAX_VALUE + " deep: unlock once for each lock.");
    }

    static IllegalStateException quiescentInside(String domain, String operation) {
        return new IllegalStateException(operation + " inside a read-side section of domain \"" + domain
                + "\" would let updaters destroy what the section uses: unlock first.");
    }

    static IllegalStateException offline(String domain) {
        return new IllegalStateException(
                "This reader of domain \"" + domain + "\" is offline and protects nothing: call online() first.");
    }

    static IllegalStateException registeredAlready(String domain) {
        return new IllegalStateException(
                "This thread has a reader of domain \"" + domain + "\" already: use that one, or close it first.");
    }

    static IllegalStateException alreadyQueued(String domain, RcuHead head) {
        return new IllegalStateException("A head of " + head.getClass().getName() + " is queued in domain \"" + domain
                + "\" already: queue it again when it has been invoked, or take another head; a lambda that captures"
                + " nothing is the same head each time.");
    }

    static IllegalArgumentException foreignCookie(String domain, long cookie) {
        return new IllegalArgumentException("Domain \"" + domain + "\" never gave the cookie " + cookie
                + ": use one from this domain's getState() or startPoll().");
    }

    static IllegalArgumentException foreignToken(String domain, int token) {
        return new IllegalArgumentException("Domain \"" + domain + "\" never gave the token " + token
                + ": pass to readUnlock() what this domain's readLock() returned.");
    }

    static IllegalArgumentException releasedToken(String domain, int token) {
        return new IllegalArgumentException("No section with the token " + token + " is open in domain \"" + domain
                + "\": call readUnlock() once for each readLock(), here and wherever such a token was passed to.");
    }
}
