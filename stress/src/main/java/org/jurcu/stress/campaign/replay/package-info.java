/** Replays recordings of a real kernel and judges the result. */
package org.jurcu.stress.campaign.replay;
