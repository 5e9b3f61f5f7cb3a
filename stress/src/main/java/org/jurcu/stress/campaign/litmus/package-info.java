/** Starts the litmus patterns in a JVM of their own, and shows what they found. */
package org.jurcu.stress.campaign.litmus;
