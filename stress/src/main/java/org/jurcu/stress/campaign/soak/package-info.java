/** Shows what a soak found. */
package org.jurcu.stress.campaign.soak;
