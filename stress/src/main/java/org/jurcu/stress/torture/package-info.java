/** Long, rude use of whole domains, after rcutorture: what each run watches for, and the flavours that must fail, is docs/torture.md. */
package org.jurcu.stress.torture;
