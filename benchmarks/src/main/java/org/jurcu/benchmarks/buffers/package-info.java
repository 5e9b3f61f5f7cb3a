/**
 * Pooled buffers outside the heap, behind an index: readers look a buffer up and read it, an updater replaces buffers and
 * frees what it replaced. Three ways to know when a buffer may be freed, and what each costs a reader, the updater, and a
 * thread that has nothing to do with any of it.
 */
package org.jurcu.benchmarks.buffers;
