/** Records the life and death of a command's tasks with the kernel's tracefs, in the text that {@code replay} reads. */
package org.jurcu.stress.campaign.capture;
