/** One-line errors in the library's source, each with the detector that must notice it. */
package org.jurcu.stress.campaign.mutants;
