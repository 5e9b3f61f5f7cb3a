package org.jurcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Both libraries as named modules: they resolve, load and work, and ask for no more than they say. */
class ModuleDescriptorsTest {
    private static ModuleLayer layer() throws ReflectiveOperationException {
        Path[] modulePath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.contains("rcu-runtime") || entry.contains("jctools") || isTaskLifecycle(entry))
                .map(Path::of)
                .toArray(Path[]::new);
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration =
                boot.configuration().resolve(ModuleFinder.of(modulePath), ModuleFinder.of(), Set.of("org.jurcu.task"));
        ModuleLayer.Controller controller = ModuleLayer.defineModulesWithOneLoader(
                configuration, List.of(boot), ClassLoader.getPlatformClassLoader());
        grantNativeAccess(controller);
        return controller.layer();
    }

    /** The command line can grant native access to the modules of the boot layer only. */
    private static void grantNativeAccess(ModuleLayer.Controller controller) throws ReflectiveOperationException {
        if (!System.getProperty("jurcu.fence", "").equals("membarrier")) {
            return; // nobody needs it
        }
        Module rcu = controller.layer().findModule("org.jurcu.rcu").orElseThrow();
        ModuleLayer.Controller.class
                .getMethod("enableNativeAccess", Module.class) // since Java 22
                .invoke(controller, rcu);
    }

    private static boolean isTaskLifecycle(String entry) {
        return entry.contains("task-lifecycle") && !entry.contains("test-classes");
    }

    @Test
    void aDomainWorksFromItsModule() throws Exception {
        ModuleLayer layer = layer();
        Class<?> rcu = layer.findLoader("org.jurcu.rcu").loadClass("org.jurcu.rcu.Rcu");
        assertEquals("org.jurcu.rcu", rcu.getModule().getName());
        try (AutoCloseable domain =
                (AutoCloseable) rcu.getMethod("create", String.class).invoke(null, "module")) {
            Class<?> head = layer.findLoader("org.jurcu.rcu").loadClass("org.jurcu.rcu.RcuHead");
            boolean[] ran = new boolean[1];
            Object callback = java.lang.reflect.Proxy.newProxyInstance(
                    head.getClassLoader(), new Class<?>[] {head}, (proxy, method, args) -> {
                        if (method.getName().equals("invoke")) {
                            ran[0] = true;
                        }
                        return null;
                    });
            rcu.getMethod("call", head).invoke(domain, callback); // needs JCTools' module
            rcu.getMethod("barrier").invoke(domain);
            assertEquals(true, ran[0]);
        }
        Class<?> kernel = layer.findLoader("org.jurcu.task").loadClass("org.jurcu.task.Kernel");
        ((AutoCloseable) kernel.getMethod("create", String.class).invoke(null, "module")).close();
    }

    @Test
    void theDescriptorsSayWhatDesignSays() throws Exception {
        ModuleLayer layer = layer();
        ModuleDescriptor rcu = layer.findModule("org.jurcu.rcu").orElseThrow().getDescriptor();
        assertFalse(rcu.isOpen());
        assertEquals(
                new TreeSet<>(List.of("org.jurcu.fence", "org.jurcu.rcu", "org.jurcu.rcu.list", "org.jurcu.refcount")),
                exported(rcu));
        Set<String> thirdParty = rcu.requires().stream()
                .map(ModuleDescriptor.Requires::name)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."))
                .collect(Collectors.toSet());
        assertEquals(Set.of("org.jctools.core", "org.jctools.core-jdk11"), thirdParty);
        Set<ModuleDescriptor.Requires.Modifier> management = rcu.requires().stream()
                .filter(module -> module.name().equals("java.management"))
                .findFirst()
                .orElseThrow()
                .modifiers();
        assertTrue(management.contains(ModuleDescriptor.Requires.Modifier.STATIC), "only RcuManagement needs it");
        ModuleDescriptor task = layer.findModule("org.jurcu.task").orElseThrow().getDescriptor();
        assertEquals(
                new TreeSet<>(List.of(
                        "org.jurcu.task",
                        "org.jurcu.task.load",
                        "org.jurcu.task.replay",
                        "org.jurcu.task.timeline",
                        "org.jurcu.task.trace")),
                exported(task));
    }

    private static Set<String> exported(ModuleDescriptor descriptor) {
        return descriptor.exports().stream()
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
