package org.jurcu.stress.campaign.mutants;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The main class of a JVM that runs one JUnit test class, or one method of it, and ends at the first failure. */
public final class UnitTests {
    static final int GREEN = 0;
    static final int RED = 41; // not 1, with which a JVM ends that could not run this
    static final int NOTHING = 42;
    static final String FAILED_PREFIX = "mutants: failed: ";

    private UnitTests() {}

    /** Runs {@code CLASS} or {@code CLASS#METHOD}. */
    public static void main(String[] args) throws ClassNotFoundException {
        Failing listener = new Failing();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectors(args[0]))
                                .filters(filters())
                                .build(),
                        listener);
        halt(listener.finished.get() == 0 ? NOTHING : GREEN); // threads that a mutant has left running do not matter
    }

    private static List<DiscoverySelector> selectors(String test) throws ClassNotFoundException {
        String[] parts = test.split("#", 2);
        Class<?> type = Class.forName(parts[0]);
        List<DiscoverySelector> selectors = new ArrayList<>();
        if (parts.length == 1) {
            selectors.add(DiscoverySelectors.selectClass(type));
        } else {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(parts[1]) && !method.isSynthetic()) {
                    selectors.add(DiscoverySelectors.selectMethod(type, method));
                }
            }
        }
        return selectors;
    }

    /** The tags that the modules' poms exclude: each wants a process of its own. */
    private static PostDiscoveryFilter[] filters() {
        return new PostDiscoveryFilter[] {
            Boolean.getBoolean("jurcu.strict")
                    ? TagFilter.includeTags("strict | also-strict")
                    : TagFilter.excludeTags("strict"),
            Boolean.getBoolean("jurcu.lockdep")
                    ? TagFilter.excludeTags("unchecked")
                    : TagFilter.includeTags("any() | none()")
        };
    }

    /** By no exit: a mutant may hang a shutdown hook. */
    private static void halt(int status) {
        System.out.flush();
        Runtime.getRuntime().halt(status);
    }

    private static final class Failing implements TestExecutionListener {
        final AtomicInteger finished = new AtomicInteger();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                String what = result.getThrowable().map(UnitTests::sentence).orElse("");
                System.out.println(FAILED_PREFIX + test.getDisplayName() + what);
                result.getThrowable().ifPresent(e -> e.printStackTrace(System.out));
                halt(RED);
            }
            if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                finished.incrementAndGet();
            }
        }
    }

    private static String sentence(Throwable e) {
        String text =
                String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
        return ": " + e.getClass().getSimpleName() + (text.isEmpty() ? "" : ": " + text);
    }
}
