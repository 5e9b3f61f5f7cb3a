/** Runs JMH and reads what it measured. */
package org.jurcu.stress.campaign.bench;
