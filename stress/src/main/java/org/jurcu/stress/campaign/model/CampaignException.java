package org.jurcu.stress.campaign.model;

/** What was asked for cannot be done; the message is the one sentence that the user reads, the exit status is 2. */
public final class CampaignException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Takes the sentence. */
    public CampaignException(String sentence) {
        super(sentence);
    }
}
