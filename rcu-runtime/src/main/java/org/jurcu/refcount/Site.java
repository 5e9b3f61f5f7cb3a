package org.jurcu.refcount;

/** One call in the program together with what it was warned about. */
record Site(String className, String methodName, String descriptor, int bytecodeIndex, RefcountWarning warning) {}
