/** Runs jcstress, reads what it found and judges it. */
package org.jurcu.stress.campaign.stress;
