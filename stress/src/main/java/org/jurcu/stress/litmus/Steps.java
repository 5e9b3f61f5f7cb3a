package org.jurcu.stress.litmus;

import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jurcu.rcu.RcuDomain;

/** Makes steps of lines. Accesses are opaque, as {@code READ_ONCE} and {@code WRITE_ONCE} are: single, and in no order. */
final class Steps {
    private static final Pattern WRITE = Pattern.compile("([a-z]) = ([1-3])");
    private static final Pattern READ = Pattern.compile("(r\\d) = ([a-z])");
    private static final Pattern ASSIGN = Pattern.compile("p := ([a-z])");
    private static final Pattern DEREFERENCE = Pattern.compile("(r\\d) := p");
    private static final Pattern FOLLOW = Pattern.compile("(r\\d) = \\*(r\\d)");
    private static final Pattern CALL = Pattern.compile("call ([a-z]) = ([1-3])");

    private static final Duration SHORT = Duration.ofNanos(20_000);
    private static final long LINGER_NANOS = 100_000;

    /** Lines without names. */
    private static final Map<String, Step> WORDS = Map.ofEntries(
            Map.entry("mb", (actor, first, size) -> VarHandle.fullFence()),
            Map.entry("lock", (actor, first, size) -> actor.sections().lock()),
            Map.entry("unlock", (actor, first, size) -> actor.sections().unlock()),
            Map.entry("linger", (actor, first, size) -> linger()),
            Map.entry("unlock oldest", (actor, first, size) -> actor.sections().unlockOldest()),
            Map.entry("srcu lock", (actor, first, size) -> actor.srcuSections().lock()),
            Map.entry(
                    "srcu unlock", (actor, first, size) -> actor.srcuSections().unlock()),
            Map.entry("srcu synchronize", (actor, first, size) -> actor.srcu().synchronize()),
            Map.entry("synchronize", (actor, first, size) -> actor.domain().synchronize()),
            Map.entry("synchronize expedited", (actor, first, size) -> shipped(actor)
                    .synchronizeExpedited()),
            Map.entry("synchronize timed", (actor, first, size) -> synchronizeTimed(actor)),
            Map.entry(
                    "cookie = getState",
                    (actor, first, size) -> actor.cookie = shipped(actor).getState()),
            Map.entry(
                    "cookie = startPoll",
                    (actor, first, size) -> actor.cookie = shipped(actor).startPoll()),
            Map.entry("poll cookie", (actor, first, size) -> poll(actor, actor.cookie)),
            Map.entry("poll COMPLETED", (actor, first, size) -> poll(actor, RcuDomain.COMPLETED_STATE)),
            Map.entry("condSynchronize cookie", (actor, first, size) -> shipped(actor)
                    .condSynchronize(actor.cookie)),
            Map.entry("barrier", (actor, first, size) -> actor.domain().barrier()));

    private Steps() {}

    /** Makes the step of {@code line}, whose names it enters into {@code symbols}. */
    static Step of(String line, Symbols symbols) {
        Step word = WORDS.get(line);
        if (word != null) {
            return word;
        }
        Matcher write = WRITE.matcher(line);
        if (write.matches()) {
            return write(symbols.variable(write.group(1)), Integer.parseInt(write.group(2)));
        }
        Matcher read = READ.matcher(line);
        if (read.matches()) {
            return read(symbols.target(read.group(1)), symbols.variable(read.group(2)));
        }
        Matcher call = CALL.matcher(line);
        if (call.matches()) {
            return call(symbols.variable(call.group(1)), Integer.parseInt(call.group(2)));
        }
        Matcher assign = ASSIGN.matcher(line);
        if (assign.matches()) {
            return assign(symbols.variable(assign.group(1)));
        }
        Matcher dereference = DEREFERENCE.matcher(line);
        if (dereference.matches()) {
            return dereference(symbols.pointerTarget(dereference.group(1)));
        }
        Matcher follow = FOLLOW.matcher(line);
        if (follow.matches()) {
            return follow(symbols.target(follow.group(1)), symbols.register(follow.group(2)));
        }
        throw new IllegalArgumentException("'" + line + "' is no line of a program");
    }

    private static Step write(int variable, int value) {
        return (actor, first, size) -> {
            Batch batch = actor.batch();
            int stride = actor.drawStride();
            for (int i = 0, at = actor.drawStart(); i < size; i++, at += stride) {
                batch.store(variable, first + (at & (size - 1)), value);
            }
        };
    }

    private static Step read(int register, int variable) {
        return (actor, first, size) -> {
            Batch batch = actor.batch();
            int stride = actor.drawStride();
            for (int i = 0, at = actor.drawStart(); i < size; i++, at += stride) {
                int instance = first + (at & (size - 1));
                batch.keep(register, instance, batch.load(variable, instance));
            }
        };
    }

    private static Step assign(int variable) {
        return (actor, first, size) -> {
            Batch batch = actor.batch();
            int stride = actor.drawStride();
            for (int i = 0, at = actor.drawStart(); i < size; i++, at += stride) {
                batch.assign(first + (at & (size - 1)), variable);
            }
        };
    }

    private static Step dereference(int register) {
        return (actor, first, size) -> {
            Batch batch = actor.batch();
            int stride = actor.drawStride();
            for (int i = 0, at = actor.drawStart(); i < size; i++, at += stride) {
                int instance = first + (at & (size - 1));
                batch.keepNumber(register, instance, batch.dereference(instance));
            }
        };
    }

    private static Step follow(int register, int pointerRegister) {
        return (actor, first, size) -> {
            Batch batch = actor.batch();
            int stride = actor.drawStride();
            for (int i = 0, at = actor.drawStart(); i < size; i++, at += stride) {
                int instance = first + (at & (size - 1));
                batch.keep(register, instance, batch.load(batch.number(pointerRegister, instance), instance));
            }
        };
    }

    /** One callback does it for all. */
    private static Step call(int variable, int value) {
        return (actor, first, size) -> {
            Batch batch = actor.batch();
            actor.domain().call(() -> {
                for (int instance = first; instance < first + size; instance++) {
                    batch.store(variable, instance, value);
                }
            });
        };
    }

    private static RcuDomain shipped(Actor actor) {
        return actor.domain().shipped();
    }

    /** As a caller does who has something else to see to now and then. */
    private static void synchronizeTimed(Actor actor) {
        while (!shipped(actor).synchronize(SHORT)) {
            Thread.onSpinWait();
        }
    }

    /** As long as a domain's thread needs to wake up and run callbacks; it may need this processor for that. */
    @SuppressWarnings("ThreadPriorityCheck")
    private static void linger() {
        long began = System.nanoTime();
        do {
            Thread.yield();
        } while (System.nanoTime() - began < LINGER_NANOS);
    }

    @SuppressWarnings("ThreadPriorityCheck") // the domain's thread may need this processor
    private static void poll(Actor actor, long cookie) {
        while (!shipped(actor).pollState(cookie)) {
            Thread.yield();
        }
    }
}
