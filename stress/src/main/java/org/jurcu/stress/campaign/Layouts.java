package org.jurcu.stress.campaign;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.task.TaskLayout;

/** The layouts by the names that a user gives them. */
final class Layouts {
    private Layouts() {}

    /**
     * Finds a layout, in any case and with either dash.
     *
     * @throws CampaignException if there is none of that name
     */
    static TaskLayout named(String layout) throws CampaignException {
        String name = layout.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(TaskLayout.values())
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CampaignException("there is no layout '" + layout + "'; there is " + names()));
    }

    private static String names() {
        return Arrays.stream(TaskLayout.values())
                .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }
}
