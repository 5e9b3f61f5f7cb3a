/**
 * What the hot paths cost, each beside its floor: the least that any code doing this job must pay on this machine.
 *
 * <p>Conventions. A method called {@code floorX} is the floor of method {@code x} where there is one of that name, and
 * of its whole class otherwise; in a group, role {@code floorR} of group {@code floorG} is the floor of role
 * {@code r} of group {@code g}. A report divides by it. A method called {@code peerX} is what people use today; it is
 * measured under one fence strategy only, and so is a method called {@code toyX}, a control out of a textbook. A class
 * called {@code ScalingX} shows growth with threads or readers, and takes no part in the quick run. A class has at least
 * one floor, and a test checks it. Floors use padded words, so that they do not pay for a neighbour. Groups have two threads at most: on two processors a third
 * would measure the operating system's scheduler. The annotations' times are for a look; the campaign gives its own.
 */
package org.jurcu.benchmarks;
