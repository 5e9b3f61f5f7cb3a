package org.jurcu.task.trace;

/**
 * Takes events apart: one method a kind, called by {@link TraceEvent#accept}.
 *
 * <p>An implementation that forgets a kind does not compile. One that wants few of them overrides few of
 * {@link Adapter}'s:
 *
 * <pre>{@code
 * final class Frees extends TraceVisitor.Adapter {
 *     int count;
 *
 *     @Override
 *     public void free(TraceEvent.Free event) {
 *         count++;
 *     }
 * }
 *
 * var frees = new Frees();
 * for (TraceEvent event = reader.next(); event != null; event = reader.next()) {
 *     event.accept(frees);
 * }
 * }</pre>
 */
public interface TraceVisitor {
    /** A task was made. */
    void newTask(TraceEvent.NewTask event);

    /** A child is about to run. */
    void fork(TraceEvent.Fork event);

    /** A new program is in place. */
    void exec(TraceEvent.Exec event);

    /** A task began to exit. */
    void exit(TraceEvent.Exit event);

    /** A task began to wait for children. */
    void waiting(TraceEvent.Wait event);

    /** The kernel freed a task. */
    void free(TraceEvent.Free event);

    /** A CPU goes from one task to another. */
    void switching(TraceEvent.Switch event);

    /** A signal was sent. */
    void signalGenerate(TraceEvent.SignalGenerate event);

    /** A system call began. */
    void syscallEnter(TraceEvent.SyscallEnter event);

    /** A system call ended. */
    void syscallExit(TraceEvent.SyscallExit event);

    /** Ignores every event; for visitors of a few kinds. */
    abstract class Adapter implements TraceVisitor {
        /** For subclasses. */
        protected Adapter() {}

        @Override
        public void newTask(TraceEvent.NewTask event) {}

        @Override
        public void fork(TraceEvent.Fork event) {}

        @Override
        public void exec(TraceEvent.Exec event) {}

        @Override
        public void exit(TraceEvent.Exit event) {}

        @Override
        public void waiting(TraceEvent.Wait event) {}

        @Override
        public void free(TraceEvent.Free event) {}

        @Override
        public void switching(TraceEvent.Switch event) {}

        @Override
        public void signalGenerate(TraceEvent.SignalGenerate event) {}

        @Override
        public void syscallEnter(TraceEvent.SyscallEnter event) {}

        @Override
        public void syscallExit(TraceEvent.SyscallExit event) {}
    }
}
