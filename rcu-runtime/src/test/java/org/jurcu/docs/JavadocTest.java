package org.jurcu.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a user of the library modules can reach says what it is. (javac's doclint checks what is written; asked for what
 * is missing, it also wants a tag for each parameter of a one-line method.)
 */
class JavadocTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    @ParameterizedTest
    @ValueSource(strings = {"rcu-runtime", "task-lifecycle"})
    void everythingPublicIsDocumented(String module) throws IOException {
        Scan scan = scan(ROOT.resolve(module).resolve("src/main/java"));
        assertTrue(scan.seen > 20, () -> "only " + scan.seen + " public elements were found in " + module);
        assertEquals(List.of(), scan.undocumented);
    }

    @Test
    void whatIsNotDocumentedIsFound(@TempDir Path sources) throws IOException {
        Files.writeString(sources.resolve("Sample.java"), """
                package sample;
                public class Sample {
                    public int field;
                    int hidden;
                    /** Said. */
                    public void said() {}
                    protected void unsaid() {}
                    @Override public String toString() { return ""; }
                    public interface Inner { void implied(); }
                    static class Unreachable { public void never() {} }
                }
                """);
        assertEquals(
                List.of(
                        "Sample.java: Sample",
                        "Sample.java: field",
                        "Sample.java: unsaid",
                        "Sample.java: Inner",
                        "Sample.java: implied"),
                scan(sources).undocumented);
    }

    private static Scan scan(Path sources) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(sources)) {
            files = all.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, List.of(), null, manager.getJavaFileObjectsFromPaths(files));
            Scan scan = new Scan(Trees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                scan.scan(unit, null);
            }
            return scan;
        }
    }

    private static final class Scan extends TreePathScanner<Void, Void> {
        private static final Set<Tree.Kind> IMPLICITLY_PUBLIC =
                EnumSet.of(Tree.Kind.INTERFACE, Tree.Kind.ANNOTATION_TYPE);

        final List<String> undocumented = new ArrayList<>();
        int seen;
        private final Trees trees;

        Scan(Trees trees) {
            this.trees = trees;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            if (!isReachable(type.getModifiers())) {
                return null; // nor is anything in it
            }
            check(type.getSimpleName().toString());
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            boolean overrides = method.getModifiers().getAnnotations().stream()
                    .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
            if (isReachable(method.getModifiers()) && !overrides) {
                check(method.getName().toString());
            }
            return null; // local classes are nobody's business
        }

        @Override
        public Void visitVariable(VariableTree field, Void unused) {
            if (isReachable(field.getModifiers())) {
                check(field.getName().toString());
            }
            return null;
        }

        private boolean isReachable(ModifiersTree modifiers) {
            Tree parent = getCurrentPath().getParentPath().getLeaf();
            return modifiers.getFlags().contains(Modifier.PUBLIC)
                    || modifiers.getFlags().contains(Modifier.PROTECTED)
                    || (IMPLICITLY_PUBLIC.contains(parent.getKind())
                            && !modifiers.getFlags().contains(Modifier.PRIVATE));
        }

        private void check(String name) {
            seen++;
            String comment = trees.getDocComment(getCurrentPath());
            if (comment == null || comment.isBlank()) {
                String file = Path.of(getCurrentPath()
                                .getCompilationUnit()
                                .getSourceFile()
                                .getName())
                        .getFileName()
                        .toString();
                undocumented.add(file + ": " + name);
            }
        }
    }
}
