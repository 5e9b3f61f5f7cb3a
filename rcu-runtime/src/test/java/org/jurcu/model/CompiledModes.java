package org.jurcu.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jurcu.model.ReorderingMachine.Mode;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The accesses of a compiled class, for models: their modes, and in which order they stand. With them a model speaks of the
 * code, and an order that is weakened there is found by the model, on whatever hardware it runs.
 */
public final class CompiledModes {
    private static final String VAR_HANDLE = "java/lang/invoke/VarHandle";

    /** A call, or an access to a field. */
    private record Access(boolean isCall, String owner, String name) {}

    private final String type;
    private final Map<String, List<Access>> methods = new HashMap<>(); // as they stand in the code; overloads together
    private final Map<String, Mode> fields = new HashMap<>(); // by owner.name

    private CompiledModes(String type) {
        this.type = type;
    }

    /** Reads the class that was loaded, with those that it extends: a mutant's stands in front on the class path. */
    public static CompiledModes of(Class<?> type) {
        CompiledModes modes = new CompiledModes(type.getName());
        for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
            modes.read(c);
        }
        return modes;
    }

    private void read(Class<?> type) {
        try (InputStream file = type.getResourceAsStream(type.getName().replaceFirst(".*\\.", "") + ".class")) {
            new ClassReader(file).accept(new Reader(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Reader extends ClassVisitor {
        private String owner = "";

        Reader() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(int version, int flags, String name, String signature, String parent, String[] interfaces) {
            owner = name;
        }

        @Override
        public FieldVisitor visitField(int flags, String name, String descriptor, String signature, Object value) {
            fields.put(owner + "." + name, (flags & Opcodes.ACC_VOLATILE) == 0 ? Mode.PLAIN : Mode.VOLATILE);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int flags, String method, String descriptor, String signature, String[] thrown) {
            List<Access> accesses = methods.computeIfAbsent(method, m -> new ArrayList<>());
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String name, String descriptor, boolean isInterface) {
                    accesses.add(new Access(true, owner, name));
                }

                @Override
                public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
                    accesses.add(new Access(false, owner, name));
                }
            };
        }
    }

    /**
     * Returns the mode of the accesses through a VarHandle in {@code method} whose name begins with {@code access}; of several,
     * the weakest.
     */
    public Mode handle(String method, String access) {
        Set<Mode> modes = EnumSet.noneOf(Mode.class);
        for (Access call : accesses(method)) {
            if (call.isCall && call.owner.equals(VAR_HANDLE) && isAccess(call.name, access)) {
                modes.add(modeOf(call.name, access));
            }
        }
        assertFalse(modes.isEmpty(), () -> type + "." + method + " has no " + access);
        return modes.containsAll(EnumSet.of(Mode.ACQUIRE, Mode.RELEASE))
                ? Mode.PLAIN
                : modes.iterator().next(); // the first in the order of the enum
    }

    /** Returns the names of what {@code method} calls, of whatever class, in the order of the code. */
    public List<String> calls(String method) {
        return accesses(method).stream()
                .filter(Access::isCall)
                .map(Access::name)
                .toList();
    }

    /** Returns how often {@code method} calls {@code callee}, of whatever class. */
    public int count(String method, String callee) {
        return Collections.frequency(calls(method), callee);
    }

    /** Returns whether {@code method} calls both, and each {@code first} ahead of any {@code second}. */
    public boolean isBefore(String method, String first, String second) {
        List<String> calls = calls(method);
        return calls.contains(first) && calls.lastIndexOf(first) < calls.indexOf(second);
    }

    /** Returns the mode of the accesses to the volatile, or plain, field that {@code method} makes by itself. */
    public Mode field(String method, String field) {
        Set<Mode> modes = EnumSet.noneOf(Mode.class);
        for (Access access : accesses(method)) {
            if (!access.isCall && access.name.equals(field)) {
                Mode mode = fields.get(access.owner + "." + field);
                assertTrue(mode != null, () -> type + "." + method + " accesses a " + field + " of another class");
                modes.add(mode);
            }
        }
        assertEquals(1, modes.size(), () -> type + "." + method + " accesses " + field + " so: " + modes);
        return modes.iterator().next();
    }

    private List<Access> accesses(String method) {
        List<Access> found = methods.get(method);
        assertTrue(found != null, () -> type + " has no method " + method);
        return found;
    }

    private static boolean isAccess(String name, String access) {
        String strong = strong(name);
        return strong.startsWith(access)
                && Set.of("", "Plain", "Opaque", "Acquire", "Release", "Volatile")
                        .contains(strong.substring(access.length()));
    }

    /** An update that may fail for no reason orders as one that may not. */
    private static String strong(String name) {
        return name.replaceFirst("^weakC", "c");
    }

    private static Mode modeOf(String name, String access) {
        return switch (strong(name).substring(access.length())) {
            case "Acquire" -> Mode.ACQUIRE;
            case "Release" -> Mode.RELEASE;
            case "Volatile" -> Mode.VOLATILE;
            case "" ->
                access.equals("set") || access.equals("get") || access.endsWith("Plain") ? Mode.PLAIN : Mode.VOLATILE;
            default -> Mode.PLAIN;
        };
    }
}
