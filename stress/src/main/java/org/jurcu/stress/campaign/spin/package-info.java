/** The models of stress/models in the model checker spin, each with twins in which something is left out. */
package org.jurcu.stress.campaign.spin;
