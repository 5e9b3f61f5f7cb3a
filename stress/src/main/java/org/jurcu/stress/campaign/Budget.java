package org.jurcu.stress.campaign;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jurcu.stress.campaign.part.Part;

/** How much of the time each part gets. */
final class Budget {
    private Budget() {}

    /**
     * Divides {@code whole}, or gives each its own time if that is null. A part that would not use more time keeps its
     * own; the others share the rest as they share a campaign of which no time is asked.
     */
    static Map<Part<?>, Duration> of(List<Part<?>> parts, boolean quick, Duration whole) {
        Map<Part<?>, Duration> times = new LinkedHashMap<>();
        long fixed = 0;
        long flexible = 0;
        for (Part<?> part : parts) {
            Duration time = part.time(quick);
            if (!time.isZero()) {
                times.put(part, time);
                fixed += part.takesMoreTime() ? 0 : time.toMillis();
                flexible += part.takesMoreTime() ? time.toMillis() : 0;
            }
        }
        if (whole == null || flexible == 0) {
            return times;
        }
        double factor = Math.max(0, whole.toMillis() - fixed) / (double) flexible;
        times.replaceAll((part, time) ->
                part.takesMoreTime() ? Duration.ofMillis(Math.max(1, Math.round(time.toMillis() * factor))) : time);
        return times;
    }
}
