package org.jurcu;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jurcu.rcu.RcuHead;
import org.jurcu.task.TaskLayout;

/** The arrows between the packages of the two library modules, and what they may lean on. */
@Tag("any-fence")
@Tag("any-jdk")
class ArchitectureTest {
    /** Each package, and the ones of ours that it may use. A new package is entered here, or the test fails. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "org.jurcu.refcount", Set.of("org.jurcu.rcu"),
            "org.jurcu.fence", Set.of(),
            "org.jurcu.rcu", Set.of("org.jurcu.fence"),
            "org.jurcu.rcu.list", Set.of("org.jurcu.rcu"),
            "org.jurcu.task", Set.of("org.jurcu.rcu", "org.jurcu.rcu.list", "org.jurcu.refcount"),
            "org.jurcu.task.trace", Set.of(),
            "org.jurcu.task.load",
                    Set.of("org.jurcu.task", "org.jurcu.task.trace", "org.jurcu.rcu", "org.jurcu.refcount"),
            "org.jurcu.task.replay",
                    Set.of("org.jurcu.task", "org.jurcu.task.trace", "org.jurcu.rcu", "org.jurcu.refcount"),
            "org.jurcu.task.timeline", Set.of("org.jurcu.task", "org.jurcu.task.trace", "org.jurcu.task.replay"));

    /** What either module may use beside the other: the platform's own, and of JCTools what does not touch Unsafe. */
    private static final DescribedPredicate<JavaClass> FOUNDATIONS = resideInAnyPackage(
                    "java..", "javax.management..", "jdk.jfr..", "org.jurcu..", "org.jctools.queues.varhandle..")
            .or(nameMatching("org\\.jctools\\.queues\\.MessagePassingQueue(\\$.*)?"));

    private static JavaClasses library;

    @BeforeAll
    static void readClasses() {
        library = new ClassFileImporter().importLocations(Set.of(moduleOf(RcuHead.class), moduleOf(TaskLayout.class)));
    }

    /** Where the class came from: a folder or a jar, as Maven was asked to build. */
    private static Location moduleOf(Class<?> anyClassOfIt) {
        return Location.of(anyClassOfIt.getProtectionDomain().getCodeSource().getLocation());
    }

    private static Set<String> packages() {
        return library.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.isEmpty()) // module-info
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyPackageHasItsPlace() {
        assertEquals(new TreeSet<>(ARROWS.keySet()), packages());
    }

    @Test
    void arrowsGoOneWay() {
        ARROWS.forEach((from, to) -> {
            String[] reachable = Stream.concat(Stream.of(from), to.stream()).toArray(String[]::new);
            classes()
                    .that()
                    .resideInAPackage(from)
                    .should()
                    .onlyDependOnClassesThat(describe(
                            "are of " + from + " or of " + to + ", or not ours",
                            c -> !ofOurs(c) || resideInAnyPackage(reachable).test(c)))
                    .check(library);
        });
    }

    private static boolean ofOurs(JavaClass c) {
        return c.getPackageName().startsWith("org.jurcu");
    }

    @Test
    void noPackagesGoInCircles() {
        slices().matching("org.jurcu.(**)").should().beFreeOfCycles().check(library);
    }

    @Test
    void theRuntimeLeansOnThePlatformAndJCToolsOnly() {
        classes()
                .that()
                .resideInAPackage("org.jurcu..")
                .should()
                .onlyDependOnClassesThat(FOUNDATIONS)
                .check(library);
        noClasses()
                .that()
                .resideInAPackage("org.jurcu.task..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jctools..")
                .because("the queues are the runtime's business")
                .check(library);
    }

    @Test
    void onlyWhoAsksForJmxNeedsIt() {
        noClasses()
                .that()
                .haveNameNotMatching("org\\.jurcu\\.rcu\\.RcuManagement(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.management..", "javax.management..")
                .because("the module java.management is optional")
                .check(library);
    }

    @Test
    void nobodyUsesUnsafe() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sun..", "jdk.internal..")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleNameContaining("Unsafe")
                .check(library);
    }

    @Test
    void nobodyWritesToTheStandardStreams() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(library);
    }

    @Test
    void noPackageIsADumpingGround() {
        Pattern dump = Pattern.compile("(^|\\.)(utils?|common|helpers?|misc|internal|impl)(\\.|$)");
        assertEquals(Set.of(), packages().stream().filter(dump.asPredicate()).collect(Collectors.toSet()));
    }
}
