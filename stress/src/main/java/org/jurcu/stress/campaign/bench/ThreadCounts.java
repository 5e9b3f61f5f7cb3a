package org.jurcu.stress.campaign.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jurcu.stress.campaign.model.CampaignException;

/** The numbers of threads with which the read side is measured. */
public final class ThreadCounts {
    /** The powers of two up to the number of processors, and that number. */
    public static final String AUTO = "auto";

    private static final int MOST = 4096;
    private static final String FORM =
            "auto, or numbers from 1 to " + MOST + " with commas between them, such as 1,2,4";

    private ThreadCounts() {}

    /** Returns the numbers that a word means, {@link #AUTO} or a list, each once and the least first. */
    public static List<Integer> chosen(String word, int processors) throws CampaignException {
        TreeSet<Integer> counts = new TreeSet<>();
        if (word.equals(AUTO)) {
            for (int threads = 1; threads < processors; threads *= 2) {
                counts.add(threads);
            }
            counts.add(processors);
            return new ArrayList<>(counts);
        }
        for (String number : word.split(",", -1)) {
            int threads = number.trim().matches("[0-9]{1,4}") ? Integer.parseInt(number.trim()) : 0;
            if (threads < 1 || threads > MOST) {
                throw new CampaignException("'" + number + "' is no number of threads; give " + FORM);
            }
            counts.add(threads);
        }
        return new ArrayList<>(counts);
    }
}
