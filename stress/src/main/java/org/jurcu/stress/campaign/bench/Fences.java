package org.jurcu.stress.campaign.bench;

import java.util.ArrayList;
import java.util.List;
import org.jurcu.fence.AsymmetricFence;
import org.jurcu.stress.campaign.model.CampaignException;

/** The strategies under which a run measures, by name. */
public final class Fences {
    private static final List<String> ALL = List.of("membarrier", "full");

    private Fences() {}

    /** Returns the strategies that these words mean, {@code auto} being the one that the library chooses on this JVM. */
    public static List<String> chosen(List<String> words) throws CampaignException {
        return chosen(words, AsymmetricFence.strategy());
    }

    static List<String> chosen(List<String> words, String inForce) throws CampaignException {
        List<String> chosen = new ArrayList<>();
        for (String word : words) {
            String fence = word.equals("auto") ? inForce : word;
            if (!ALL.contains(fence)) {
                throw new CampaignException(
                        "there is no fence '" + word + "'; there is auto, " + String.join(", ", ALL));
            }
            if (fence.equals("membarrier") && !inForce.equals(fence)) {
                // The library takes it wherever it can have it.
                throw new CampaignException(
                        "the fence membarrier is not to be had here: it needs Linux and JDK 22 or later,"
                                + " and this is " + System.getProperty("os.name") + " and JDK "
                                + Runtime.version().feature());
            }
            if (!chosen.contains(fence)) {
                chosen.add(fence);
            }
        }
        return chosen;
    }
}
