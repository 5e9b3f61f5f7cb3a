package org.jurcu.stress.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.report.Json;
import org.jurcu.stress.torture.TortureProcess;

/** The command; the JVM of the torture is a script that leaves a result. */
class TortureCommandTest {
    @TempDir
    Path root;

    private Desk desk(String verdict, String reason) throws IOException {
        Path result = Files.writeString(root.resolve("result"), result(verdict, reason));
        String body = "for word; do case $word in *torture.json) cp '" + result + "' \"$word\";; esac; done\n"
                + "echo \"$@\" > '" + root + "/arguments'\n";
        return new Desk(root, Scripts.write(root.resolve("jdk/java"), body), "");
    }

    private static String result(String verdict, String reason) {
        return String.format("""
                [{"flavour": "rcu", "busted": false, "verdict": "%s", "reason": "%s", "description": "d", "detector": "",
                  "seconds": 1.5, "sections": 12, "ages": [10, 2, 0], "line": "flavour=rcu <verdict>", "evidence": []}]
                """, verdict, reason);
    }

    private List<String> names(String... options) {
        Desk desk = new Desk(root);
        Object[] words = new Object[options.length + 2];
        words[0] = "torture";
        words[1] = "--list";
        System.arraycopy(options, 0, words, 2, options.length);
        assertEquals(0, desk.run(words), desk.err());
        return desk.out().lines().map(line -> line.split(" ", 2)[0]).toList();
    }

    @Test
    void theListNamesThem() {
        List<String> all = List.copyOf(TortureProcess.flavours().keySet());
        assertEquals(all, names());
        List<String> shipped = names("--flavour", "shipped");
        assertEquals(List.of("rcu", "rcu-reader", "rcu-virtual", "qsbr", "srcu", "srcu-virtual"), shipped);
        assertEquals(all.size() - shipped.size(), names("--flavour", "busted").size());
        assertEquals(List.of("srcu", "rcu"), names("--flavour", "srcu,rcu"));
        assertEquals(
                shipped.size(),
                names("--flavour", "rcu", "--flavour", "shipped,rcu").size());
    }

    @Test
    void theJvmIsToldWhatToDoAndItsResultIsTheReport() throws Exception {
        Desk desk = desk("pass", "");
        assertEquals(0, desk.run("torture", "--flavour", "rcu", "--duration", "90s", "--seed", 42), desk.err());
        String arguments = Files.readString(root.resolve("arguments")).strip();
        assertTrue(arguments.endsWith("torture.json 90000 42 rcu"), arguments);
        assertTrue(desk.out().contains("\ntorture: flavour=rcu <verdict>\n"), desk.out());
        assertTrue(desk.out().contains("torture: the seed was 42."), desk.out());
        assertTrue(desk.out().contains("\nverdict: pass\n"), desk.out());
        Path directory = root.resolve("target/campaign-torture");
        CampaignReport report = Json.readReport(directory.resolve("report.json"));
        assertEquals(1, report.parts().get("torture").ran());
        assertTrue(Files.readString(directory.resolve("index.html")).contains("flavour=rcu &lt;verdict&gt;"));
    }

    @Test
    void aViolationIsStatus1AndWhatDidNotRunIsStatus3() throws Exception {
        Desk desk = desk("violation", "age: too old");
        assertEquals(1, desk.run("torture", "--quick", "--flavour", "rcu"));
        assertTrue(Files.readString(root.resolve("arguments")).contains(" 8000 1 rcu"));
        assertTrue(desk.out().contains("rcu: age: too old"), desk.out());
        assertEquals(
                Verdict.VIOLATION,
                Json.readReport(root.resolve("target/campaign-torture/report.json"))
                        .verdict());
        assertEquals(3, desk("pass", "").run("torture", "--flavour", "rcu,qsbr"));
    }
}
