package org.jurcu.stress.campaign.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.model.Origin;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Shard;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.part.Part;
import org.jurcu.stress.campaign.part.Parts;

/** Puts the reports of shards together to the one that an undivided campaign would have written. */
public final class Merge {
    private final List<CampaignReport> shards;

    private Merge(List<CampaignReport> shards) {
        this.shards = shards;
    }

    /**
     * Merges the reports of shards.
     *
     * @throws CampaignException if they are of different campaigns: another revision, another number of shards, another
     *     selection
     */
    public static CampaignReport of(List<CampaignReport> reports, String command) throws CampaignException {
        for (CampaignReport report : reports) {
            if (report.shard() == null) {
                throw new CampaignException(
                        "'" + report.command() + "' was no shard; only reports of --shard i/n merge");
            }
        }
        alike(reports, "numbers of shards", report -> report.shard().of());
        alike(reports, "revisions", report -> report.versions().get("revision"));
        alike(reports, "selections", report -> report.quick() ? "quick" : "whole");
        List<CampaignReport> sorted = reports.stream()
                .sorted(Comparator.comparing(report -> report.shard().index()))
                .toList();
        return new Merge(sorted).merged(command);
    }

    private static void alike(List<CampaignReport> reports, String what, Function<CampaignReport, Object> property)
            throws CampaignException {
        Set<String> values = new TreeSet<>();
        reports.forEach(report -> values.add(String.valueOf(property.apply(report))));
        if (values.size() > 1) {
            throw new CampaignException("the shards are of different " + what + ", so that they are no one campaign: "
                    + String.join(", ", values));
        }
    }

    private CampaignReport merged(String command) {
        Map<String, Section<?>> parts = new LinkedHashMap<>();
        for (Part<?> part : Parts.ALL) {
            List<Section<?>> sections = new ArrayList<>();
            for (CampaignReport shard : shards) {
                if (shard.parts().containsKey(part.name())) {
                    sections.add(shard.parts().get(part.name()));
                }
            }
            if (!sections.isEmpty()) {
                parts.put(part.name(), merged(part, sections));
            }
        }
        CampaignReport first = shards.get(0);
        Verdict verdict = CampaignReport.verdictOf(parts.values());
        return new CampaignReport(
                CampaignReport.FORMAT,
                verdict,
                verdict.exitStatus(),
                shards.stream()
                        .map(CampaignReport::started)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                shards.stream()
                        .map(CampaignReport::finished)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                first.quick(),
                command,
                first.host(),
                first.jdk(),
                first.versions(),
                null,
                shards.stream().mapToInt(CampaignReport::resumed).sum(),
                shards.stream().map(Origin::of).toList(),
                List.of(),
                parts);
    }

    private <T> Section<T> merged(Part<T> part, List<Section<?>> sections) {
        List<String> reasons = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        List<T> results = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        int expected = 0;
        int ran = 0;
        double seconds = 0;
        for (Section<?> section : sections) {
            verdicts.add(section.verdict());
            reasons.addAll(section.reasons());
            notes.addAll(section.notes());
            commands.addAll(section.commands());
            results.addAll(part.own(section).results());
            expected += section.expected();
            ran += section.ran();
            seconds += section.seconds();
        }
        List<String> holes = holes(part, results);
        if (!holes.isEmpty()) {
            verdicts.add(Verdict.INCONCLUSIVE);
            reasons.addAll(holes);
        }
        List<T> sorted =
                results.stream().sorted(Comparator.comparing(part::key)).toList();
        return new Section<>(Verdict.over(verdicts), reasons, notes, expected, ran, seconds, commands, sorted);
    }

    /** Says what keeps the shards from being the whole, each thing once. */
    private <T> List<String> holes(Part<T> part, List<T> results) {
        List<String> holes = new ArrayList<>();
        Set<Integer> there = new TreeSet<>();
        Set<Integer> twice = new TreeSet<>();
        for (CampaignReport shard : shards) {
            if (!there.add(shard.shard().index())) {
                twice.add(shard.shard().index());
            }
        }
        int of = shards.get(0).shard().of();
        for (int index = 1; index <= (part.sharded() ? of : 1); index++) {
            if (!there.contains(index)) {
                holes.add("Shard " + new Shard(index, of) + " is missing, so that its tests did not run.");
            }
        }
        twice.forEach(index -> holes.add("Shard " + new Shard(index, of) + " is there twice."));
        Set<String> keys = new TreeSet<>();
        Set<String> overlap = new TreeSet<>();
        for (T result : results) {
            if (!keys.add(part.key(result))) {
                overlap.add(part.key(result));
            }
        }
        if (twice.isEmpty() && !overlap.isEmpty()) {
            holes.add("The shards overlap: " + String.join(", ", overlap) + ".");
        }
        return holes;
    }
}
