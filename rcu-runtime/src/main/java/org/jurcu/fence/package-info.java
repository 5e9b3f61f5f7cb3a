/** Fences whose cost lies on the rare side. */
package org.jurcu.fence;
