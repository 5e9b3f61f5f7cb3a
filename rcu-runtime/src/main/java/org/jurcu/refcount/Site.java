package org.jurcu.refcount;

/**
 * One call in the program together with what it was warned about. The line tells overloads apart, the bytecode index two
 * calls in one line.
 */
record Site(String className, String methodName, int lineNumber, int bytecodeIndex, RefcountWarning warning) {}
