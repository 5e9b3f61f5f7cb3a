/**
 * Reads recordings of the kernel's task lifecycle.
 *
 * <p>{@link org.jurcu.task.trace.TraceReader} turns the text of ftrace, trace-cmd or perf into {@link org.jurcu.task.trace.TraceEvent}s, one by one
 * and in the order of the lines; {@link org.jurcu.task.trace.TraceVisitor} takes them apart. A program that tells who was
 * still a zombie at the end:
 *
 * <pre>{@code
 * import java.io.IOException;
 * import java.nio.file.Path;
 * import java.util.Set;
 * import java.util.TreeSet;
 * import org.jurcu.task.trace.TraceEvent;
 * import org.jurcu.task.trace.TraceReader;
 * import org.jurcu.task.trace.TraceVisitor;
 *
 * public class Zombies {
 *     public static void main(String[] args) throws IOException {
 *         Set<Integer> zombies = new TreeSet<>();
 *         var visitor = new TraceVisitor.Adapter() {
 *             @Override
 *             public void exit(TraceEvent.Exit event) {
 *                 zombies.add(event.taskPid());
 *             }
 *
 *             @Override
 *             public void free(TraceEvent.Free event) {
 *                 zombies.remove(event.taskPid());
 *             }
 *         };
 *         try (TraceReader reader = TraceReader.of(System.in, "-")) {
 *             for (TraceEvent event = reader.next(); event != null; event = reader.next()) {
 *                 event.accept(visitor);
 *             }
 *         }
 *         System.out.println("never freed: " + zombies);
 *     }
 * }
 * }</pre>
 *
 * <p>How the work is divided: {@code TraceInput} detects the compression, {@code LineSource} cuts lines out of one buffer,
 * {@code Dialect} holds that all of them are of one format, {@code Comments} takes the lines that are no events,
 * {@code HeaderParser} and {@code CpuClocks} read and check what is common to all events, {@code EventParser}, {@code SyscallParser} and {@code Fields} the rest. No part knows what tasks
 * do; that is {@code org.jurcu.task.replay}'s.
 */
package org.jurcu.task.trace;
