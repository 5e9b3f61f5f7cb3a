/** Builds pages, text always escaped. */
package org.jurcu.stress.campaign.html;
