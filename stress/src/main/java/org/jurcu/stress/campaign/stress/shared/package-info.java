/** A JVM that runs many jcstress tests one after the other, where jcstress itself starts one for each. */
package org.jurcu.stress.campaign.stress.shared;
