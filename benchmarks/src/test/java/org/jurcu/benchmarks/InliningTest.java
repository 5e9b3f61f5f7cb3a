package org.jurcu.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The compiler inlines by the size of the bytecode. A method on a hot path that outgrows a limit becomes a call of some
 * nanoseconds, and no test but a measurement would notice. docs/performance.md, "Why it is fast", has the trees.
 */
class InliningTest {
    /** C2's {@code MaxInlineSize}: up to here a call is inlined without a profile that says that it is hot. */
    private static final int ALWAYS = 35;

    /** C2's {@code FreqInlineSize}, on x86-64 and AArch64: above, not even a hot call is inlined. */
    private static final int WHEN_HOT = 325;

    @ParameterizedTest
    @CsvSource({
        // RcuReader's section
        "org.jurcu.rcu.RcuReader, lock",
        "org.jurcu.rcu.RcuReader, unlock",
        "org.jurcu.rcu.RcuReader, enter",
        "org.jurcu.rcu.ReaderWord, loadPlainAnnounced",
        "org.jurcu.rcu.ReaderWord, storeReleaseAnnounced",
        "org.jurcu.rcu.PaddedLongValue, loadVolatile",
        "org.jurcu.fence.AsymmetricFence, isAsymmetric",
        "org.jurcu.fence.AsymmetricFence, light",
        "org.jurcu.rcu.RcuReference, dereference",
        // QsbrReader's
        "org.jurcu.rcu.QsbrReader, lock",
        "org.jurcu.rcu.QsbrReader, unlock",
        // the count
        "org.jurcu.refcount.Refcount, inc",
        "org.jurcu.refcount.Refcount, add",
        "org.jurcu.refcount.Refcount, decAndTest",
        "org.jurcu.refcount.Refcount, getAndAddVolatileRefs",
        // a task's user
        "org.jurcu.task.TaskStruct, putTaskStructRcuUser",
        // call
        "org.jurcu.rcu.RcuDomain, call",
        "org.jurcu.rcu.RcuDomain, checkOpen",
        "org.jurcu.rcu.Reclaimer, enqueue",
        "org.jurcu.rcu.CallbackQueue, ofCaller",
        "org.jurcu.rcu.CallbackStripe, mustLook",
        "org.jurcu.rcu.OnDemandThread, signal",
    })
    void aSmallStepIsInlinedEverywhere(String type, String method) throws IOException {
        assertFits(type, method, ALWAYS);
    }

    @ParameterizedTest
    @CsvSource({
        "org.jurcu.rcu.EpochReader, announce",
        "org.jurcu.rcu.RcuReader, exit",
        "org.jurcu.rcu.QsbrReader, quiescentState",
        "org.jurcu.rcu.Rcu, readLock",
        "org.jurcu.rcu.Rcu, readUnlock",
        "org.jurcu.rcu.ReaderCache, find",
        "org.jurcu.refcount.Refcount, subAndTest",
        "org.jurcu.refcount.Refcount, addNotZero",
        "org.jurcu.task.RcuUsersSlot, put",
        "org.jurcu.task.RcuUsersSlot, incNotZero",
        "org.jurcu.rcu.Reclaimer, put",
        "org.jurcu.rcu.Reclaimer, size",
        "org.jctools.queues.varhandle.BaseMpscLinkedVarHandleArrayQueue, offer",
    })
    void aLargerStepIsInlinedWhereItIsHot(String type, String method) throws IOException {
        assertFits(type, method, WHEN_HOT);
    }

    private static void assertFits(String type, String method, int limit) throws IOException {
        List<Integer> sizes = sizes(type.replace('.', '/'), method);
        assertTrue(!sizes.isEmpty(), type + " has no method " + method + " any more: mend the list");
        sizes.forEach(size -> assertTrue(
                size <= limit, () -> type + "." + method + " has " + size + " bytes of bytecode, more than " + limit));
    }

    /** Counts the bytes of each method of that name: the offset of a label behind its last instruction. */
    private static List<Integer> sizes(String type, String method) throws IOException {
        List<Integer> sizes = new ArrayList<>();
        try (InputStream in = InliningTest.class.getResourceAsStream("/" + type + ".class")) {
            ClassReader reader = new ClassReader(in);
            // With the constant pool as it is, so that each instruction has its own length again.
            ClassWriter copy = new ClassWriter(reader, 0);
            reader.accept(
                    new ClassVisitor(Opcodes.ASM9, copy) {
                        @Override
                        public MethodVisitor visitMethod(
                                int access, String name, String descriptor, String signature, String[] exceptions) {
                            MethodVisitor writer = super.visitMethod(access, name, descriptor, signature, exceptions);
                            return name.equals(method) ? new EndOfCode(writer, sizes) : writer;
                        }
                    },
                    ClassReader.SKIP_DEBUG);
        }
        return sizes;
    }

    private static final class EndOfCode extends MethodVisitor {
        private final List<Integer> sizes;

        EndOfCode(MethodVisitor writer, List<Integer> sizes) {
            super(Opcodes.ASM9, writer);
            this.sizes = sizes;
        }

        @Override
        public void visitMaxs(int stack, int locals) {
            Label end = new Label();
            visitLabel(end);
            sizes.add(end.getOffset());
            super.visitMaxs(stack, locals);
        }
    }

    @SuppressWarnings("unused") // read as bytes: 3 of addition and return behind two loads, and 16 for the larger one
    private static final class Known {
        static int sum(int a, int b) {
            return a + b;
        }

        static long throwing(long a) {
            if (a == 0) {
                throw new IllegalStateException();
            }
            return a;
        }
    }

    /** As javap has it: iload_0, iload_1, iadd, ireturn; and lload_0 to lreturn at offset 14. */
    @Test
    void bytesAreCountedAsJavapDoes() throws IOException {
        String known = "org/jurcu/benchmarks/InliningTest$Known";
        assertEquals(List.of(4), sizes(known, "sum"));
        assertEquals(List.of(16), sizes(known, "throwing"));
    }
}
