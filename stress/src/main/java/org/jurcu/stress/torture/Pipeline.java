package org.jurcu.stress.torture;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jurcu.rcu.RcuReference;

/** The elements of one updater: one of them published, others on their way through the ages, the rest free. */
final class Pipeline {
    /** As in the kernel: ten for each age, so that one is free unless something is stuck. */
    private static final int ELEMENTS = 10 * Element.END;

    private final int number;
    private final UpdateSide updates;
    private final Evidence evidence;
    private final Element[] elements = new Element[ELEMENTS];
    private final Queue<Element> free = new ConcurrentLinkedQueue<>();
    private final RcuReference<Element> current = new RcuReference<>();
    private final AtomicLong queued = new AtomicLong();
    private final AtomicLong called = new AtomicLong();
    private final AtomicLong calledBack = new AtomicLong();
    private volatile long version; // written by the updater alone

    Pipeline(int number, int readers, UpdateSide updates, Evidence evidence) {
        this.number = number;
        this.updates = updates;
        this.evidence = evidence;
        for (int i = 0; i < ELEMENTS; i++) {
            elements[i] = new Element(this, i, readers);
            free.add(elements[i]);
        }
        Element first = free.remove();
        first.begin(1);
        current.assign(first);
        version = 1;
    }

    int number() {
        return number;
    }

    long version() {
        return version;
    }

    /** Inside a section: what a reader finds. */
    Element find() {
        return current.dereference();
    }

    /** Returns a free element that has begun a new life, or null. */
    Element allocate() {
        Element element = free.poll();
        if (element != null) {
            lookForMail(element, "in its time as a free one");
            element.begin(version + 1);
        }
        return element;
    }

    /** Returns the element that was replaced, unlinked. */
    Element publish(Element next) {
        Element old = current.getAndAssign(next);
        old.unlinked();
        long before = version;
        version = before + 1; // by one thread
        return old;
    }

    /** A grace period has elapsed since the element was unlinked, or aged last. Returns whether it is free now. */
    boolean older(Element element, Update how) {
        element.older(how);
        if (element.age() < Element.END) {
            return false;
        }
        lookForMail(element, "after the grace period that emptied it");
        element.end();
        free.add(element);
        return true;
    }

    private void lookForMail(Element element, String when) {
        int sender = element.sender();
        if (sender >= 0) {
            evidence.add(Detector.MAIL, element + " got mail of reader " + sender + " " + when);
        }
    }

    /** Ages it by callbacks, to its end. */
    void queue(Element element) {
        if (!element.markQueued()) {
            evidence.add(Detector.RETURN, element + " is queued twice");
        }
        queued.incrementAndGet();
        updates.call(element);
        called.incrementAndGet(); // from here on a barrier has to wait for it
    }

    void calledBack(Element element) {
        if (!element.unmarkQueued()) {
            evidence.add(Detector.RETURN, "the callback of " + element + " ran twice");
            return;
        }
        if (!older(element, Update.CALL)) {
            queue(element);
        }
        calledBack.incrementAndGet(); // behind the next queueing: the difference is 0 only when the element is free
    }

    long queued() {
        return queued.get();
    }

    /** Of those that are queued, how many {@code call} has returned from. */
    long called() {
        return called.get();
    }

    long calledBack() {
        return calledBack.get();
    }

    /** Returns how many elements are neither free nor published. */
    int underWay() {
        return ELEMENTS - 1 - free.size();
    }

    /** Where those are that are under way, for a report. */
    String whereabouts() {
        int[] ages = new int[Element.END + 1];
        for (Element element : elements) {
            if (element.life() != Element.FREE) {
                ages[Math.min(element.age(), Element.END)]++;
            }
        }
        StringBuilder text = new StringBuilder("pipeline " + number + ": version " + version + ", callbacks "
                + calledBack + " of " + queued + ", elements by age");
        for (int count : ages) {
            text.append(' ').append(count);
        }
        return text.append(", free ").append(free.size()).toString();
    }
}
