/** Writes report.json and the page made from it. */
package org.jurcu.stress.campaign.report;
