/** What a person sees while a campaign runs: progress, tables. */
package org.jurcu.stress.campaign.terminal;
