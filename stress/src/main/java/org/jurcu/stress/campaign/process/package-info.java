/** Starts other programs, keeps their output and never waits for ever. */
package org.jurcu.stress.campaign.process;
