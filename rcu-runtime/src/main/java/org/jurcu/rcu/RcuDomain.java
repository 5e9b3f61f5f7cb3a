package org.jurcu.rcu;

import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jurcu.fence.AsymmetricFence;

/**
 * A set of readers and the grace periods that wait for them; what all flavours have in common.
 *
 * <p>A grace period is a span of time after which every read-side section that began before the span has ended. An
 * updater makes something unreachable, lets a grace period elapse, and then may destroy it:
 *
 * <pre>{@code
 * try (Rcu rcu = Rcu.create("pages")) {
 *     RcuReference<Page> page = new RcuReference<>(new Page());
 *
 *     // blocking
 *     Page old = page.getAndAssign(new Page());
 *     rcu.synchronize();
 *     old.release();
 *
 *     // without blocking
 *     Page older = page.getAndAssign(null);
 *     rcu.call(older::release);
 * }
 * }</pre>
 *
 * <p>{@link #synchronize} and {@link #barrier} are two things:
 *
 * <table>
 * <caption>What a return promises</caption>
 * <tr><th></th><th>sections that began before the call</th><th>callbacks queued before the call</th></tr>
 * <tr><td>{@code synchronize}</td><td>have ended</td><td>may still be queued</td></tr>
 * <tr><td>{@code barrier}</td><td>may still be open</td><td>have run</td></tr>
 * </table>
 *
 * <p>Memory effects, for each grace period that a caller waited for by {@code synchronize}, {@code call}, {@code
 * pollState} or {@code condSynchronize}, and each section of the domain:
 *
 * <ul>
 *   <li>either the actions in the section happen-before the caller's actions after the grace period,
 *   <li>or the caller's actions before it asked for the grace period happen-before the actions in the section.
 * </ul>
 *
 * In addition, actions before {@code call} happen-before the callback, and the callbacks that a {@code barrier} waited for
 * happen-before its return. A {@code synchronize}, a {@code condSynchronize}, and a {@code pollState} that returns true contain a full
 * fence. The proofs are docs/grace-period.md and docs/srcu.md.
 *
 * <p>Progress: waiting methods block until the sections of others end, and cannot be interrupted: an interrupt is
 * remembered and visible when they return. {@link #call} and {@link #startPoll} never wait for readers. Callbacks
 * run on the domain's daemon thread {@code jurcu-<name>}. Grace periods are driven by the threads that wait for them, and
 * for {@code startPoll} and for virtual threads by a second daemon thread, {@code jurcu-<name>-gp}: a virtual thread only
 * waits, so that it needs no carrier for others to go on. Both start on demand and end after an idle time.
 *
 * <p>Refusal: under the strategy {@code membarrier} of {@link AsymmetricFence}, the operating system may refuse the fence that a
 * grace period of {@link Rcu} and {@link Qsbr} begins with, after a filter of system calls was installed, say. Whoever waits
 * then gets the {@code IllegalStateException} of {@link AsymmetricFence#heavy}, and the grace period has not begun: what was
 * unlinked must not be destroyed. A domain's own thread logs it and tries again, so callbacks stay queued and a
 * {@code barrier} goes on waiting. {@code -Djurcu.fence=full} needs no such fence.
 *
 * <p>Limits: a {@code StackOverflowError} inside {@code synchronize} or {@code call}, between the step that claims a role
 * or a place in a queue and the {@code try} that gives it back, can leave the domain unable to go on; do not call them at
 * the end of a stack. A lock that throws it has begun no section. An unlock takes no more stack than the lock before it, and so
 * ends its section wherever that one succeeded; but the JVM may in between go over to code of the same method that takes more,
 * and then, rarely, an unlock by {@link Rcu#readUnlock} or {@link Srcu#readUnlock} throws and its section stays open. A
 * registration or {@code close} of a reader that throws it has happened or not, and may be tried again.
 *
 * <p>Counterpart: the update side of include/linux/rcupdate.h and kernel/rcu/tree.c; {@code struct rcu_flavor_struct} of
 * liburcu.
 */
public abstract sealed class RcuDomain implements AutoCloseable permits Rcu, Qsbr, Srcu {
    /** A cookie whose grace period has always ended: the kernel's {@code RCU_GET_STATE_COMPLETED}. */
    public static final long COMPLETED_STATE = 1;

    /** What a caller may wait for; the constants capture nothing, so that no wait allocates. */
    private interface Wait {
        boolean await(RcuDomain domain, long cookie, TimeLimit limit);
    }

    private static final Wait PERIOD = (domain, cookie, limit) -> domain.gracePeriods.await(cookie, limit);
    private static final Wait EXPEDITED_PERIOD = (domain, cookie, limit) -> domain.gracePeriods.awaitExpedited(cookie);
    private static final Wait CALLBACKS = (domain, cookie, limit) -> {
        domain.reclaimer.barrier();
        return true;
    };

    private final String name;
    private final Readers readers;
    private final StallWatchdog watchdog;
    private final StallDetector stalls;
    private final GracePeriods gracePeriods;
    private final Reclaimer reclaimer;
    private final GracePeriodDriver driver;
    private final Queue<Runnable> atClose = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean closeBegun = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    RcuDomain(Readers readers, DomainOptions options) {
        name = options.name();
        this.readers = readers;
        watchdog = new StallWatchdog(
                name,
                getClass().getSimpleName(),
                this::backlog,
                options.stallHandler(),
                Thread::start,
                options.idleNanos());
        stalls = new StallDetector(System.nanoTime(), options.stallNanos(), watchdog);
        gracePeriods = new GracePeriods(
                readers,
                options.firstSequence(),
                options.processors(),
                this::drive,
                stalls,
                new GracePeriodRecorder(name, getClass().getSimpleName()));
        driver = new GracePeriodDriver(name, gracePeriods, options.idleNanos());
        reclaimer = new Reclaimer(options, readers, gracePeriods);
    }

    /** Returns the name that the domain was created with. */
    public final String name() {
        return name;
    }

    /**
     * Waits for a grace period: on return, every section that began before the call has ended. Concurrent callers share
     * grace periods.
     *
     * <p>The thread of a {@link Qsbr} reader that is online is offline while it waits. If the domain is closed meanwhile, it
     * cannot come back, and this is thrown although the grace period has elapsed: a return would say that the thread reads
     * safely again.
     *
     * @throws IllegalStateException if the caller is inside a section of this domain, or if the domain is closed; also if it is
     *     closed during the call, for the thread of a {@code Qsbr} reader that was online, which stays offline; or if the
     *     operating system refuses the heavy fence, see <em>Refusal</em> above
     */
    public final void synchronize() {
        checkMayWait("synchronize()");
        await(PERIOD, gracePeriods.sequence().snap(), TimeLimit.NONE);
    }

    /**
     * As {@link #synchronize()}, for at most {@code timeout}. When the time runs out nothing is lost: the grace period
     * stays begun and the next caller goes on with it, but only a new call can tell that it has elapsed. A timeout of
     * zero or less looks once and does not wait.
     *
     * @return whether the grace period has elapsed
     * @throws IllegalStateException if the caller is inside a section of this domain, if the domain is closed, or if the
     *     operating system refuses the heavy fence
     */
    public final boolean synchronize(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        checkMayWait("synchronize(Duration)");
        TimeLimit limit = TimeLimit.of(timeout);
        return await(PERIOD, gracePeriods.sequence().snap(), limit);
    }

    /**
     * As {@link #synchronize()}, at the price of processor time: whichever thread leads the grace period does not park
     * while this call waits. This thread parks only if another one leads.
     *
     * @throws IllegalStateException if the caller is inside a section of this domain, if the domain is closed, or if the
     *     operating system refuses the heavy fence
     */
    public final void synchronizeExpedited() {
        checkMayWait("synchronizeExpedited()");
        await(EXPEDITED_PERIOD, gracePeriods.sequence().snap(), TimeLimit.NONE);
    }

    /**
     * Runs {@code head} after a grace period, on the domain's thread: after every section that began before this call has
     * ended. It never blocks on readers and takes no lock; in the steady state it allocates nothing.
     *
     * <p>When callbacks are queued faster than they run, {@link DomainBuilder#backpressure} decides: by default the call is
     * accepted all the same.
     *
     * <p>Callbacks run one after the other, in no promised order. One that throws is logged and counted, and the others
     * run on. A callback may call {@code call} again, with itself too, and should not block for long: the others wait.
     *
     * <p>A head that is queued twice runs twice; in strict mode ({@code -Djurcu.strict=true}) the second call is refused: also
     * that of a lambda that captures nothing, which is one head however often it is evaluated; there, capture something or
     * make an object. A head has left the queue when it is invoked, and its callback may queue it again.
     *
     * <p>After {@link #close} has begun the call is refused, but for callbacks that call it while {@code close} runs
     * them: what they queue is run by the same {@code close}. A call that overlaps {@code close} is refused or run, never
     * lost; its callback may run after {@code close} has returned, on another thread of the same name.
     *
     * <p>If the domain's thread cannot be started, that is logged and the callback stays queued: the next {@code call}
     * tries again, and {@link #barrier} and {@code close} do so until they succeed.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the backlog has reached its limit and the policy is {@link
     *     BackpressurePolicy#REJECT}; nothing is queued
     * @throws IllegalStateException if the domain is closed, also while the call waits for the backlog; in strict mode, if
     *     the head is queued already
     */
    public final void call(RcuHead head) {
        Objects.requireNonNull(head, "head");
        checkOpen();
        reclaimer.enqueue(head);
    }

    /**
     * Waits until every callback that was queued before the call has run. If there is none it returns at once, without
     * a grace period: {@link #synchronize} is the one that waits for readers. It does not wait for what those callbacks
     * queue in turn: a chain of callbacks needs as many barriers as it is deep.
     *
     * @throws IllegalStateException if the caller is inside a section of this domain or is one of its callbacks, or if the
     *     domain is closed
     */
    public final void barrier() {
        checkMayJoin("barrier()");
        await(CALLBACKS, COMPLETED_STATE, TimeLimit.NONE);
    }

    /**
     * Returns a cookie for a grace period that begins after this call: what was unlinked before is safe to destroy once
     * {@link #pollState} says true for it. Nobody is asked to begin that grace period.
     *
     * @throws IllegalStateException if the domain is closed
     */
    public final long getState() {
        checkOpen();
        return gracePeriods.sequence().snap();
    }

    /**
     * As {@link #getState}, and makes sure that the grace period will elapse, without waiting for it.
     *
     * <p>If the domain's thread cannot be started, that is logged and the grace period stays wanted: the next {@code
     * startPoll} tries again, {@link #close} does so until it succeeds, and any grace period that somebody waits for will
     * do. {@link #pollState} does not try: a caller that only polls may then see false for ever.
     *
     * @throws IllegalStateException if the domain is closed
     */
    public final long startPoll() {
        checkOpen();
        long cookie = gracePeriods.sequence().snap();
        driver.want(cookie);
        return cookie;
    }

    /**
     * Returns whether the grace period of {@code cookie} has elapsed. Once true, always true.
     *
     * @throws IllegalArgumentException if this domain cannot have given the cookie; a cookie of another domain is not
     *     always told from one of its own
     * @throws IllegalStateException if the domain is closed
     */
    public final boolean pollState(long cookie) {
        checkOpen();
        return isDone(cookie);
    }

    /**
     * Waits until the grace period of {@code cookie} has elapsed; returns at once if it has.
     *
     * @throws IllegalArgumentException if this domain cannot have given the cookie
     * @throws IllegalStateException if the caller is inside a section of this domain, if the domain is closed, or if the
     *     operating system refuses the heavy fence
     */
    public final void condSynchronize(long cookie) {
        checkMayWait("condSynchronize()");
        if (!isDone(cookie)) {
            await(PERIOD, cookie, TimeLimit.NONE);
        }
    }

    /** Returns what the domain has done so far; also after {@link #close}. */
    public final RcuStats stats() {
        long invoked = reclaimer.invoked();
        long queued = reclaimer.queued();
        long backlog = queued - invoked;
        return new RcuStats(
                name,
                gracePeriods.sequence().completed(),
                queued,
                invoked,
                reclaimer.failures(),
                backlog,
                backlog == 0 ? 0 : reclaimer.ageNanos(),
                reclaimer.backpressure().hurriedPeriods(),
                reclaimer.backpressure().blockedCalls(),
                reclaimer.backpressure().rejectedCalls(),
                stalls.stalls(),
                readers.registered(),
                readers.diedInside(),
                AsymmetricFence.strategy());
    }

    /**
     * Closes the domain: takes in no more callbacks, runs those that are queued (and those that they queue in turn), ends
     * the domain's threads, and refuses further use. A {@link #call} that overlaps this one and was not refused may run its
     * callback after this method has returned, on another thread. A section that is open stays valid and can be unlocked; a new one
     * cannot begin. Closing again waits for the first close and does nothing else.
     *
     * @throws IllegalStateException if the caller is inside a section of this domain ({@link Srcu}: does not say) or is one
     *     of its callbacks, or if a logger calls it on the domain's own thread
     */
    @Override
    public final void close() {
        if (readers.callerMustNotClose()) {
            throw Misuse.inside(name, "close()", readers.callerEntry());
        }
        if (reclaimer.isCurrentThread()) {
            throw Misuse.insideCallback(name, "close()");
        }
        if (driver.isCurrentThread()) { // a logger runs on it
            throw Misuse.onOwnThread(name, "close()");
        }
        readers.beforeWaiting(); // for good: in a closed domain there is nothing to read
        if (!closeBegun.compareAndSet(false, true)) {
            Reclaimer.awaitUninterruptibly(closed);
            return;
        }
        try {
            reclaimer.close(); // first: callbacks may ask for grace periods
            driver.close();
        } finally {
            try {
                watchdog.close();
                readers.close();
                runAtClose();
            } finally {
                closed.countDown(); // behind all that: whoever closes too finds it done
            }
            readers.report(); // what no leader has reported
        }
    }

    private void runAtClose() {
        for (Runnable action = atClose.poll(); action != null; action = atClose.poll()) {
            try {
                action.run();
            } catch (Throwable e) {
                Reports.warn("An action at the end of domain \"" + name + "\" threw; the others run all the same.", e);
            }
        }
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + name + "]";
    }

    /** Returns whether callbacks are queued that have not run; allocates nothing. */
    final boolean callbacksPending() {
        return reclaimer.size() != 0;
    }

    /** Has {@code action} run at the end of {@link #close}; one that comes after {@link #isClosing} may not be met. */
    final void atClose(Runnable action) {
        atClose.add(action);
    }

    final void notAtClose(Runnable action) {
        atClose.remove(action);
    }

    final boolean isClosing() {
        return closeBegun.get();
    }

    final void checkOpen() {
        if (closeBegun.get() && !reclaimer.isCurrentThread()) {
            throw Misuse.closed(name);
        }
    }

    private long backlog() {
        return reclaimer.size();
    }

    private void drive(long cookie) {
        driver.want(cookie);
    }

    /** Waits while the caller, if it has a reader that can be offline, holds up nobody. */
    private boolean await(Wait wait, long cookie, TimeLimit limit) {
        boolean leave = readers.beforeWaiting();
        try {
            boolean done = wait.await(this, cookie, limit);
            VarHandle.fullFence(); // U9: the full fence that callers are promised; no proof here needs it
            return done;
        } finally {
            if (leave) {
                readers.afterWaiting();
            }
        }
    }

    private boolean isDone(long cookie) {
        if (cookie != COMPLETED_STATE) {
            if (!gracePeriods.sequence().isCookie(cookie)) {
                throw Misuse.foreignCookie(name, cookie);
            }
            if (!gracePeriods.sequence().isDone(cookie)) {
                return false;
            }
        }
        VarHandle.fullFence(); // U9: as behind a wait
        return true;
    }

    private void checkOutside(String operation) {
        if (readers.callerIsInside()) {
            throw Misuse.inside(name, operation, readers.callerEntry());
        }
    }

    private void checkMayWait(String operation) {
        checkOutside(operation);
        checkOpen();
    }

    private void checkMayJoin(String operation) {
        checkOutside(operation);
        if (reclaimer.isCurrentThread()) {
            throw Misuse.insideCallback(name, operation);
        }
        checkOpen();
    }
}
