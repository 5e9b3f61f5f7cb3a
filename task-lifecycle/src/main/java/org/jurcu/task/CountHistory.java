package org.jurcu.task;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who changed the counts of each task, when and where: a ring buffer a lifetime, in bounded memory. For a {@link Kernel}
 * that is created with one; any other pays nothing, not even a test of a field, since its tasks are of another class.
 *
 * <pre>{@code
 * CountHistory history = new CountHistory(16, 1024, CountHistory.Current.NONE);
 * try (Kernel kernel = Kernel.create("demo", 1, TaskLayout.TAGGED, Tracepoints.NONE, history)) {
 *     TaskStruct child = kernel.fork().copyProcess(kernel.init(), 0);
 *     int generation = child.generation();
 *     kernel.exit().doExit(child);
 *     kernel.scheduler().doTaskDead(child);
 *     kernel.waits().wait4(kernel.init(), -1, 0);
 *     history.of(child, generation).forEach(System.out::println);
 *     // #5 [main] usage 0 -> 1 in Fork.link < Fork.copyProcess
 *     // #6 [main] rcu_users 0 -> 2 in Fork.link < Fork.copyProcess
 *     // #7 [main] rcu_users 2 -> 1 in Scheduler.finishTaskSwitch < Scheduler.doTaskDead
 *     // #8 [main] rcu_users 1 -> 0 in Exit.release < Exit.releaseTask < Wait.release < Wait.wait4
 * }
 * }</pre>
 *
 * <p>A lifetime has two rings of the same size: one for what the kernel's own functions change, one for everybody else's
 * references, so that busy readers do not push out who forked and who released. Both together are what {@link #of}
 * returns. The lifetimes that have ended are kept too, the latest ones.
 *
 * <p><b>Memory effects.</b> Each change and its entry are made under a lock of that lifetime, so {@code before} and
 * {@code after} are exact and the entries of a lifetime are in the order in which its counts changed. It also means that
 * changes of one task do not race each other while they are watched; those of different tasks do.
 *
 * <p><b>Progress.</b> A change waits for another of the same task at most. Reading waits for a change of that task.
 */
public final class CountHistory {
    /** Who acts and when: asked on the thread that changes a count, while it holds locks of the kernel. */
    public interface Current {
        /** Nobody knows: threads are told apart by their names alone. */
        Current NONE = new Current() {};

        /** The CPU that the calling thread acts as, or -1. */
        default int cpu() {
            return -1;
        }

        /** The number of the task that it acts as, or 0. */
        default int task() {
            return 0;
        }

        /** The time, in nanoseconds of any clock. */
        default long timeNanos() {
            return 0;
        }

        /** The line of a recording that is played, or 0. */
        default long line() {
            return 0;
        }
    }

    private static final int MAX_ENTRIES = 1 << 16;
    private static final int FRAMES = 6;
    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final int entries;
    private final int lifetimes;
    private final Current current;
    private final AtomicLong sequence = new AtomicLong();
    private final ConcurrentMap<Key, Life> lives = new ConcurrentHashMap<>();
    private final ReentrantLock endedLock = new ReentrantLock();
    private final Deque<Key> ended = new ArrayDeque<>(); // guarded by endedLock
    private final ConcurrentMap<String, String> places = new ConcurrentHashMap<>();

    /** A slot of the slab and the generation of the task in it. */
    private record Key(int slot, int generation) {}

    /**
     * A history for one kernel.
     *
     * @param entries how many changes of each kind a lifetime keeps: the latest
     * @param lifetimes how many lifetimes that have ended are kept: the latest
     * @param current asked who acts
     * @throws IllegalArgumentException if a size is below 1 or {@code entries} is above 65536
     */
    public CountHistory(int entries, int lifetimes, Current current) {
        if (entries < 1 || entries > MAX_ENTRIES || lifetimes < 1) {
            throw new IllegalArgumentException("a history keeps 1 to " + MAX_ENTRIES
                    + " changes of 1 or more lifetimes, not " + entries + " of " + lifetimes);
        }
        this.entries = entries;
        this.lifetimes = lifetimes;
        this.current = current;
    }

    /**
     * What is known of a lifetime's counts, in the order in which they changed; empty if the lifetime is not known (any
     * more). While it lives, what has happened so far.
     *
     * @param task its slot
     * @param generation its {@link TaskStruct#generation} while it lived
     */
    public List<CountChange> of(TaskStruct task, int generation) {
        Life life = lives.get(new Key(task.index, generation));
        return life == null ? List.of() : life.changes();
    }

    /** How many changes of that lifetime no longer fit; 0 for one that is not known. */
    public long forgotten(TaskStruct task, int generation) {
        Life life = lives.get(new Key(task.index, generation));
        return life == null ? 0 : life.forgotten();
    }

    /**
     * What is known of one lifetime.
     *
     * @param slot where in the slab it lived
     * @param generation the slot's {@link TaskStruct#generation} while it lived
     * @param ended whether its memory has been freed
     * @param changes its changes, in their order
     * @param forgotten how many more there were that no longer fit
     */
    public record Lifetime(int slot, int generation, boolean ended, List<CountChange> changes, long forgotten) {
        /** Copies the list. */
        public Lifetime {
            changes = List.copyOf(changes);
        }
    }

    /** Every lifetime that is known, each as it is at one moment of the call, in the order of their births. */
    public List<Lifetime> lifetimes() {
        List<Lifetime> all = new ArrayList<>();
        for (Life life : lives.values()) {
            all.add(new Lifetime(life.key.slot, life.key.generation, life.ended, life.changes(), life.forgotten()));
        }
        all.sort(Comparator.comparingLong(
                l -> l.changes.isEmpty() ? Long.MAX_VALUE : l.changes.get(0).sequence()));
        return all;
    }

    /** How many changes there were in all. */
    public long total() {
        return sequence.get();
    }

    /** The life of the task that has just come into the slot. */
    Life begin(TaskStruct task) {
        Life life = new Life(task.index, task.generation());
        lives.put(life.key, life);
        return life;
    }

    /** The lifetime is over. */
    void end(Life life) {
        life.ended = true;
        endedLock.lock();
        try {
            ended.addLast(life.key);
            if (ended.size() > lifetimes) {
                lives.remove(ended.pollFirst());
            }
        } finally {
            endedLock.unlock();
        }
    }

    /** The functions of the kernel that changed the count, or if it was none of them whoever did. */
    private Place place() {
        return STACK.walk(frames -> {
            StringBuilder path = new StringBuilder();
            boolean kernels = false;
            String last = "";
            int named = 0;
            for (StackWalker.StackFrame frame : (Iterable<StackWalker.StackFrame>) frames::iterator) {
                Class<?> type = frame.getDeclaringClass();
                if (isPlumbing(type)) {
                    continue;
                }
                boolean kernel = isKernel(type);
                if (named == FRAMES || (named > 0 && !(kernels && kernel))) {
                    break;
                }
                String function = name(type) + '.' + frame.getMethodName();
                if (named == 0) {
                    kernels = kernel;
                }
                if (!function.equals(last)) { // an overload that calls another, or a test's that calls its super
                    path.append(named > 0 ? " < " : "").append(function);
                    last = function;
                    named++;
                }
            }
            return new Place(kernels, places.computeIfAbsent(path.toString(), p -> p));
        });
    }

    private static boolean isPlumbing(Class<?> type) {
        return type == CountHistory.class
                || type == Life.class
                || TaskStruct.class.isAssignableFrom(type)
                || LayoutRules.class.isAssignableFrom(type);
    }

    private static boolean isKernel(Class<?> type) {
        return type.getPackageName().equals(CountHistory.class.getPackageName());
    }

    /** A class without a name goes by that of the class that it extends. */
    private static String name(Class<?> type) {
        Class<?> c = type;
        while (c.isAnonymousClass() && c.getSuperclass() != null) {
            c = c.getSuperclass();
        }
        return c.getSimpleName();
    }

    private record Place(boolean kernels, String path) {}

    /** The counts of one task from its birth to its end. */
    final class Life {
        private final Key key;
        final ReentrantLock lock = new ReentrantLock();
        private final CountChange[] own = new CountChange[entries];
        private final CountChange[] others = new CountChange[entries];
        private volatile boolean ended;
        private long owns;
        private long othersSeen;

        private Life(int slot, int generation) {
            key = new Key(slot, generation);
        }

        /** By the thread that has just changed the count, under {@link #lock}. */
        void changed(TaskStruct task, CountChange.Count count, int before, int after) {
            Place place = place();
            CountChange change = new CountChange(
                    sequence.incrementAndGet(),
                    current.timeNanos(),
                    current.line(),
                    current.cpu(),
                    current.task(),
                    Thread.currentThread().getName(),
                    task.pid(),
                    count,
                    before,
                    after,
                    place.path);
            if (place.kernels) {
                own[(int) (owns++ % entries)] = change;
            } else {
                others[(int) (othersSeen++ % entries)] = change;
            }
        }

        private List<CountChange> changes() {
            List<CountChange> all = new ArrayList<>(2 * entries);
            lock.lock();
            try {
                addAll(all, own);
                addAll(all, others);
            } finally {
                lock.unlock();
            }
            all.sort(Comparator.comparingLong(CountChange::sequence));
            return all;
        }

        private void addAll(List<CountChange> all, CountChange[] ring) {
            for (CountChange change : ring) {
                if (change != null) {
                    all.add(change);
                }
            }
        }

        private long forgotten() {
            lock.lock();
            try {
                return Math.max(0, owns - entries) + Math.max(0, othersSeen - entries);
            } finally {
                lock.unlock();
            }
        }
    }
}
