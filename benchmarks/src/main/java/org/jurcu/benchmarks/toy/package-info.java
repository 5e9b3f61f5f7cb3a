/**
 * The toy RCUs of "Is Parallel Programming Hard, And, If So, What Can You Do About It?", appendix "Toy RCU Implementations",
 * written anew after its descriptions: controls, beside which the library's own readers are measured. They are right, short,
 * and slow in one way or another; docs/toys.md has the argument for each, by the letters that the code bears.
 */
package org.jurcu.benchmarks.toy;
