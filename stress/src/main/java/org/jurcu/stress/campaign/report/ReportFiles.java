package org.jurcu.stress.campaign.report;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.CampaignReport;

/** The two files of a report in their directory. */
public final class ReportFiles {
    private ReportFiles() {}

    /** Writes {@code report.json} and {@code index.html}; returns the page. */
    public static Path write(CampaignReport report, Path directory) throws IOException {
        Files.createDirectories(directory);
        replace(directory.resolve("report.json"), Json.writeReport(report));
        return writePage(report, directory);
    }

    /** Makes the page again from {@code report.json}; returns the page. */
    public static Path rewritePage(Path directory) throws IOException, CampaignException {
        return writePage(read(directory), directory);
    }

    /** Writes a report that is to be kept: without what names places of the machine that made it; returns the file. */
    public static Path store(CampaignReport report, Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("report.json");
        replace(file, Json.writeReport(report.withoutCommands()));
        return file;
    }

    /** Returns the report in a directory. */
    public static CampaignReport read(Path directory) throws CampaignException {
        return Json.readReport(directory.resolve("report.json"));
    }

    private static Path writePage(CampaignReport report, Path directory) throws IOException {
        Path page = directory.resolve("index.html");
        replace(page, Page.of(report));
        return page;
    }

    /** Writes a file so that nobody sees half of it, not even when this program is killed. */
    public static void replace(Path file, String content) throws IOException {
        Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), content);
        try {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
