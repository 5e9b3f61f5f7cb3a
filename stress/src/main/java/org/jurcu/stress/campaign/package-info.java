/**
 * The campaign: replays every bundled recording, hunts races with jcstress, measures with JMH, and says in one verdict
 * what that shows. The commands are here; what they do is in the packages below.
 */
package org.jurcu.stress.campaign;
