package org.jurcu.stress.campaign.mutants;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jurcu.stress.campaign.model.CampaignException;

/** Compiles the one file that a mutant changes against what has been built. */
final class MutantCompiler {
    private final JavaCompiler javac;

    private MutantCompiler(JavaCompiler javac) {
        this.javac = javac;
    }

    static MutantCompiler ofThisJdk() throws CampaignException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        if (javac == null) {
            throw new CampaignException("this Java has no compiler; point JAVA_HOME at a JDK");
        }
        return new MutantCompiler(javac);
    }

    /**
     * Writes {@code mutant}'s classes to {@code classes}.
     *
     * @return what the compiler has against it; empty if nothing
     */
    String compile(Site site, Mutant mutant, Path sources, Path classes) throws IOException, CampaignException {
        Path source = sources.resolve(mutant.className().replace('.', '/') + ".java");
        Files.createDirectories(source.getParent());
        Files.createDirectories(classes);
        Files.writeString(source, mutant.mutated(site.root()));
        DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                javac.getStandardFileManager(complaints, Locale.ROOT, StandardCharsets.UTF_8)) {
            boolean compiled = javac.getTask(
                            null,
                            files,
                            complaints,
                            List.of(
                                    "--release",
                                    "17",
                                    "-proc:none",
                                    "-implicit:none",
                                    "-nowarn",
                                    "-cp",
                                    site.jar().toString(),
                                    "-d",
                                    classes.toString()),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            return compiled ? "" : firstError(complaints);
        }
    }

    private static String firstError(DiagnosticCollector<JavaFileObject> complaints) {
        return complaints.getDiagnostics().stream()
                .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                .findFirst()
                .map(d -> "line " + d.getLineNumber() + ": "
                        + d.getMessage(Locale.ROOT).lines().findFirst().orElse(""))
                .orElse("the compiler does not say why");
    }
}
