/** What a campaign finds, as plain records: the vocabulary of report.json. */
package org.jurcu.stress.campaign.model;
