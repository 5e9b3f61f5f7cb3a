/** What the costs become on machines that nobody here has: arithmetic on cache lines, with its assumptions in the open. */
package org.jurcu.benchmarks.projection;
