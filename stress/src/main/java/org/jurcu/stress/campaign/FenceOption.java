package org.jurcu.stress.campaign;

import org.jurcu.fence.AsymmetricFence;
import org.jurcu.stress.campaign.model.CampaignException;
import picocli.CommandLine.Option;

/** The strategy of the fences, for this JVM and for all that it starts; see {@code JavaCommand.forked()}. */
final class FenceOption {
    private static final String PROPERTY = "jurcu.fence";

    @Option(
            names = "--fence",
            paramLabel = "NAME",
            description = "Strategy of the fences: auto, membarrier or full (default: auto).")
    private String wish;

    /** Returns the strategy that was asked for, or null. */
    String wish() {
        return wish;
    }

    /** Puts the strategy in force that an earlier campaign was asked for, or none if that is null. */
    void apply(String earlier) throws CampaignException {
        wish = earlier;
        apply();
    }

    /** Puts the strategy in force, before anything has chosen one. Without the option, whatever is in force stays. */
    void apply() throws CampaignException {
        if (wish == null) {
            return;
        }
        String before = System.getProperty(PROPERTY);
        System.setProperty(PROPERTY, wish);
        String inForce;
        try {
            inForce = AsymmetricFence.strategy();
        } catch (LinkageError e) { // of its initializer
            restore(before);
            throw new CampaignException(reason(e));
        }
        if (!wish.equals("auto") && !wish.equals(inForce)) {
            restore(before);
            throw new CampaignException("--fence " + wish + " comes too late: " + inForce + " is in force in this JVM");
        }
    }

    private static void restore(String before) {
        if (before == null) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, before);
        }
    }

    private static String reason(Throwable e) {
        Throwable last = e;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage());
    }
}
