/** What stress tests need of the slot's insides, in the package of those. Runs from the class path only. */
package org.jurcu.task;
