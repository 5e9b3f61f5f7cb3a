package org.jurcu.task.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.jurcu.task.CountHistory;
import org.jurcu.task.replay.Replay;
import org.jurcu.task.replay.ReplayOptions;
import org.jurcu.task.replay.ReplayReport;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The page in a browser, used as a person does. */
@Tag("any-fence")
@Tag("any-jdk")
@ResourceLock("refcount warnings")
class TimelinePageTest {
    private static final int MANY = 3000;

    @TempDir
    static Path dir;

    private static Browser browser;
    private static Path threads;
    private static ReplayReport report;

    @BeforeAll
    static void openBrowser() throws IOException {
        browser = Browser.open(dir.resolve("profile"));
        threads = dir.resolve("threads.html");
        report = write(Path.of("src/test/resources/traces/threads.trace.gz"), threads);
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void nothingWasThrown() {
        assertEquals(List.of(), browser.complaints());
    }

    private static ReplayReport write(Path recording, Path page) throws IOException {
        CountHistory history = new CountHistory(16, 10_000, Replay.current());
        ReplayReport found = Replay.run(recording, ReplayOptions.DEFAULT.watchedBy(history));
        assertTrue(found.passed(), found::toString);
        Timeline.write(recording, history.lifetimes(), found, page);
        return found;
    }

    private static long rows() {
        browser.settle();
        return browser.count("return timeline.rows()");
    }

    private static double shown() {
        browser.settle();
        return browser.number("return timeline.view().to - timeline.view().from");
    }

    /** Puts the pointer on a task's bar. */
    private static void point(int task, String time) {
        List<?> place = (List<?>) browser.run(
                "const t = timeline.tasks[arguments[0]], p = timeline.place(arguments[0], " + time
                        + "); return [p.x, p.y]",
                task);
        browser.user()
                .moveToLocation(((Number) place.get(0)).intValue(), ((Number) place.get(1)).intValue())
                .perform();
        browser.settle();
    }

    @Test
    void drawsEveryLife() {
        browser.load(threads);
        assertEquals(report.forks(), browser.count("return timeline.tasks.length"));
        assertEquals(report.forks(), rows());
        double fits = browser.number("return Math.floor(document.getElementById('rows').clientHeight / 20)");
        assertTrue(fits > 10);
        assertTrue(browser.number("return timeline.drawn()") >= fits);
        assertEquals(
                report.kernelFrees(), browser.count("return timeline.tasks.filter(t => t.kernelFreed >= 0).length"));
        assertEquals(report.modelFrees(), browser.count("return timeline.tasks.filter(t => t.modelFreed >= 0).length"));
        assertEquals("the model agrees with the kernel", browser.text("verdict"));
        assertEquals(
                10, browser.element("legend").findElements(By.tagName("li")).size());
    }

    /** Every moment between birth and end has one colour, and all kinds of phases occur. */
    @Test
    void aLifeIsWithoutHoles() {
        browser.load(threads);
        assertEquals(0, browser.count("""
            return timeline.tasks.filter(t => {
              let at = t.born;
              for (const p of t.phases) { if (p.begin !== at) return true; at = p.end; }
              return at < t.kernelFreed;
            }).length\
            """));
        assertEquals(
                List.of(0L, 1L, 2L, 5L),
                browser.run(
                        "return [...new Set(timeline.tasks.flatMap(t => t.phases.map(p => p.kind)))].filter(k => k < 3"
                                + " || k > 4).sort()"));
    }

    @Test
    void hoverTellsWhoChangedTheCounts() {
        browser.load(threads);
        int task = (int) browser.number(
                "return timeline.tasks.slice(1, 12).find(t => t.changes.some(c => c.count === 1 && c.after ==="
                        + " 0)).index");
        point(task, "t.lastPut");
        String tip = browser.text("tip");
        assertTrue(tip.contains("rcu_users 1 → 0"), tip);
        assertTrue(
                tip.contains(browser.run("return String(timeline.tasks[" + task + "].pid)")
                        .toString()),
                tip);
        // zoomed in to between its changes, the counts as they stand
        browser.user().click().perform();
        browser.user().sendKeys("f").perform();
        browser.settle();
        point(task, "t.born + 1");
        assertTrue(browser.text("tip").contains("usage 0 → "), browser.text("tip"));
        browser.user().moveToLocation(600, 60).perform();
        browser.settle();
        assertFalse(browser.element("tip").isDisplayed());
    }

    @Test
    void searchAndFilter() {
        browser.load(threads);
        String pid = browser.run("return String(timeline.tasks[5].pid)").toString();
        browser.element("search").sendKeys(pid);
        assertEquals(1, rows());
        assertEquals("1 of " + report.forks() + " tasks", browser.text("count"));
        browser.element("search").sendKeys(Keys.ENTER);
        assertEquals(5, browser.count("return timeline.selected()"));
        browser.element("search").sendKeys(Keys.ESCAPE);
        assertEquals(report.forks(), rows());
        browser.element("search").sendKeys("nobody-is-called-so");
        assertEquals(0, rows());
        assertEquals("No task matches.", browser.text("none"));
        browser.element("search").sendKeys(Keys.ESCAPE);
        browser.choose("show", "threads");
        long threadRows = rows();
        assertEquals(browser.count("return timeline.tasks.filter(t => t.thread).length"), threadRows);
        assertTrue(threadRows > 400 && threadRows < report.forks());
        browser.choose("show", "mismatch");
        assertEquals(0, rows());
        browser.choose("show", "all");
        browser.choose("order", "tree");
        assertEquals(report.forks(), rows());
    }

    @Test
    void zoomAndPan() {
        browser.load(threads);
        double all = shown();
        browser.element("in").click();
        double less = shown();
        assertTrue(less < all * .7, less + " of " + all);
        double from = browser.number("return timeline.view().from");
        browser.element("rows").sendKeys(Keys.ARROW_RIGHT);
        browser.settle();
        assertTrue(browser.number("return timeline.view().from") > from);
        assertEquals(less, shown(), 1);
        browser.element("rows").sendKeys("-", "-");
        assertEquals(all, shown(), 1);
        browser.element("rows").sendKeys("++++0");
        assertEquals(all, shown(), 1);
        browser.element("rows").sendKeys("+++");
        from = browser.number("return timeline.view().from");
        browser.user().dragAndDropBy(browser.element("rows"), -150, 0).perform();
        browser.settle();
        assertTrue(browser.number("return timeline.view().from") > from);
        browser.run(
                "document.getElementById('lanes').dispatchEvent(new WheelEvent('wheel', {deltaY: -300, clientX: 500,"
                        + " bubbles: true, cancelable: true}))");
        assertTrue(shown() < all * .3);
    }

    @Test
    void usableByKeys() {
        browser.load(threads);
        browser.element("rows").sendKeys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN);
        assertEquals(2, browser.count("return timeline.selected()"));
        String details = browser.text("details");
        assertTrue(details.contains("freed by the kernel") && details.contains("rcu_users"), details);
        double all = shown();
        browser.element("rows").sendKeys("f");
        assertNotEquals(all, shown());
        browser.element("rows").sendKeys("]", "]");
        browser.settle();
        assertEquals(1, browser.count("return document.querySelectorAll('#details tr.now').length"));
        assertTrue(browser.element("said").getAttribute("textContent").contains(" in "));
        browser.element("rows").sendKeys(Keys.END);
        assertEquals(report.forks() - 1, browser.count("return timeline.selected()"));
        assertTrue(browser.number("return document.getElementById('rows').scrollTop") > 1000);
        browser.element("rows").sendKeys("?");
        assertTrue(browser.element("keys").isDisplayed());
        browser.user().sendKeys(Keys.ESCAPE).perform();
        assertFalse(browser.element("keys").isDisplayed());
        browser.element("rows").sendKeys("/");
        assertEquals("search", browser.run("return document.activeElement.id"));
        browser.element("search").sendKeys(Keys.ESCAPE);
        browser.element("rows").sendKeys(Keys.ESCAPE);
        assertEquals(-1, browser.count("return timeline.selected()"));
    }

    @Test
    void lightAndDark() throws IOException {
        browser.load(threads);
        String light = browser.run("return getComputedStyle(document.body).backgroundColor")
                .toString();
        browser.element("theme").click();
        browser.settle();
        assertEquals("dark", browser.run("return document.documentElement.dataset.theme"));
        assertNotEquals(light, browser.run("return getComputedStyle(document.body).backgroundColor"));
        browser.element("theme").click();
    }

    @Test
    void manyTasks() throws IOException {
        Path recording = Files.writeString(dir.resolve("crowd.trace"), Crowd.of(MANY));
        Path page = dir.resolve("crowd.html");
        write(recording, page);
        assertTrue(Files.size(page) < 4_000_000, () -> page.toFile().length() + " bytes");
        browser.load(page);
        assertEquals(MANY + 1, rows());
        double drawn = browser.number("return timeline.drawn()");
        assertTrue(drawn > 10 && drawn < 100, drawn + " rows drawn: only those that are seen");
        browser.element("rows").sendKeys(Keys.END);
        assertEquals(MANY, browser.count("return timeline.selected()"));
        browser.element("search").sendKeys("child3");
        assertEquals(MANY / 7 + (3 < MANY % 7 ? 1 : 0), rows());
        picture(page, "crowd");
    }

    /** For a person to look at, where {@code -Djurcu.pictures=DIR} names a directory. */
    private static void picture(Path page, String name) throws IOException {
        String to = System.getProperty("jurcu.pictures");
        if (to != null) {
            browser.load(page);
            browser.picture(Path.of(to, name + ".png"));
            browser.element("rows").sendKeys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN, "f");
            point(2, "t.lastPut");
            browser.picture(Path.of(to, name + "-task.png"));
            browser.element("theme").click();
            browser.settle();
            browser.picture(Path.of(to, name + "-dark.png"));
            browser.element("theme").click();
        }
    }

    @Test
    void picturesForAPerson() throws IOException {
        picture(threads, "threads");
        browser.load(threads);
    }
}
