/** The parts of a campaign, each in one class: how it is run, what it prints, what it puts on the page. */
package org.jurcu.stress.campaign.part;
