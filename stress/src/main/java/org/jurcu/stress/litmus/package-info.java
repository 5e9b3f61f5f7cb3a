/**
 * Litmus tests: small programs of two or three threads around a grace period, each with a verdict on one outcome, run many
 * instances at a time.
 *
 * <p>{@link org.jurcu.stress.litmus.Patterns} holds them as text. {@code PatternText} reads one, {@code Program} makes steps
 * of its lines, {@code Crew} runs the steps on threads of their own over the cells of a {@code Batch}, and {@code Judge} says
 * what the counts mean. docs/litmus.md tells the whole of it.
 */
package org.jurcu.stress.litmus;
