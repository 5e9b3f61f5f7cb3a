package org.jurcu.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.invoke.VarHandle;
import java.net.URL;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jurcu.model.ReorderingMachine.Mode;

/**
 * The access modes of a compiled class, for models: with them a model speaks of the code, and one that is weakened there is
 * found by the model, on whatever hardware it runs.
 */
public final class CompiledModes {
    private final JavaClass type;

    private CompiledModes(JavaClass type) {
        this.type = type;
    }

    /** Reads a class, with those that it extends. */
    public static CompiledModes of(Class<?> type) {
        List<URL> files = new ArrayList<>();
        for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
            files.add(fileOf(c));
        }
        return new CompiledModes(imported(files).get(type));
    }

    /** The file that was loaded: ArchUnit would take any of that name on the class path, and a mutant's is in front. */
    private static URL fileOf(Class<?> type) {
        return type.getResource(type.getName().replaceFirst(".*\\.", "") + ".class");
    }

    /** Without the classes that these ones use: the JDK's take seconds. */
    private static JavaClasses imported(List<URL> files) {
        ArchConfiguration configuration = ArchConfiguration.get();
        boolean before = configuration.resolveMissingDependenciesFromClassPath();
        configuration.setResolveMissingDependenciesFromClassPath(false);
        try {
            return new ClassFileImporter().importUrls(files);
        } finally {
            configuration.setResolveMissingDependenciesFromClassPath(before); // it is of the whole JVM
        }
    }

    /**
     * Returns the mode of the accesses through a VarHandle in {@code method} whose name begins with {@code access}; of several,
     * the weakest.
     */
    public Mode handle(String method, String access) {
        Set<Mode> modes = EnumSet.noneOf(Mode.class);
        calls(method)
                .filter(call -> call.getTargetOwner().isEquivalentTo(VarHandle.class))
                .map(JavaMethodCall::getName)
                .filter(name -> isAccess(name, access))
                .forEach(name -> modes.add(modeOf(name, access)));
        assertFalse(modes.isEmpty(), () -> type.getName() + "." + method + " has no " + access);
        return modes.containsAll(EnumSet.of(Mode.ACQUIRE, Mode.RELEASE))
                ? Mode.PLAIN
                : modes.iterator().next(); // the first in the order of the enum
    }

    /** Returns how often {@code method} calls {@code callee}, of whatever class. */
    public long count(String method, String callee) {
        return calls(method).filter(call -> call.getName().equals(callee)).count();
    }

    /** Returns the line of the one call of {@code callee} in {@code method}; 0 if there is none. */
    public int line(String method, String callee) {
        List<Integer> lines = calls(method)
                .filter(call -> call.getName().equals(callee))
                .map(JavaMethodCall::getLineNumber)
                .toList();
        assertFalse(lines.size() > 1, () -> method + " calls " + callee + " more than once");
        return lines.isEmpty() ? 0 : lines.get(0);
    }

    /** Returns the mode of the accesses to the volatile, or plain, field that {@code method} makes by itself. */
    public Mode field(String method, String field) {
        Set<Mode> modes = EnumSet.noneOf(Mode.class);
        methods(method)
                .flatMap(m -> m.getFieldAccesses().stream())
                .filter(access -> access.getName().equals(field))
                .forEach(access -> modes.add(isVolatile(access) ? Mode.VOLATILE : Mode.PLAIN));
        assertEquals(1, modes.size(), () -> type.getName() + "." + method + " accesses " + field + " so: " + modes);
        return modes.iterator().next();
    }

    private static boolean isVolatile(JavaFieldAccess access) {
        return access.getTarget().resolveMember().orElseThrow().getModifiers().contains(JavaModifier.VOLATILE);
    }

    private Stream<JavaMethodCall> calls(String method) {
        return methods(method).flatMap(m -> m.getMethodCallsFromSelf().stream());
    }

    private Stream<JavaMethod> methods(String name) {
        List<JavaMethod> found = type.getAllMethods().stream()
                .filter(m -> m.getName().equals(name))
                .toList();
        assertFalse(found.isEmpty(), () -> type.getName() + " has no method " + name);
        return found.stream();
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
