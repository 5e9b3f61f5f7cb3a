package org.jurcu.rcu;

/** A thread of some domain, to be known by its class: it must not wait for another domain's callbacks. */
final class DomainThread extends Thread {
    DomainThread(ThreadGroup group, Runnable body, String name) {
        super(group, body, name, 0, false);
    }

    static boolean isCurrent() {
        return Thread.currentThread() instanceof DomainThread;
    }
}
