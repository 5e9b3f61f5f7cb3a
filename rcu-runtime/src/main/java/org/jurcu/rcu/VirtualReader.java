package org.jurcu.rcu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/**
 * A virtual thread that has read, as its domain remembers it: weakly, with the state that the thread itself holds.
 *
 * <pre>
 *  word      written by    values
 *  NESTING   owner, plain  0: outside; n: depth of the open sections
 *  SLOT      owner, plain  while inside: where the outermost section is counted, see {@link SectionCounters}
 * </pre>
 *
 * <p>Others read the words when the owner is dead, or for a report that may be a moment old.
 */
final class VirtualReader extends WeakReference<Thread> {
    static final int WORDS = 2;
    static final int NESTING = 0;
    static final int SLOT = 1;

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] state;
    private final long threadId;
    private final String threadName;

    VirtualReader(Thread thread, long[] state, ReferenceQueue<Thread> queue) {
        super(thread, queue);
        this.state = state;
        threadId = thread.getId();
        threadName = thread.getName();
    }

    boolean ownerIsDead() {
        Thread owner = get();
        return owner == null || !owner.isAlive();
    }

    int loadOpaqueNesting() {
        return (int) (long) WORD.getOpaque(state, NESTING);
    }

    int loadOpaqueSlot() {
        return (int) (long) WORD.getOpaque(state, SLOT);
    }

    long ownerId() {
        return threadId;
    }

    /** Returns what to call the owner by: most virtual threads have no name. */
    String ownerName() {
        return threadName.isEmpty() ? "virtual #" + threadId : threadName;
    }
}
