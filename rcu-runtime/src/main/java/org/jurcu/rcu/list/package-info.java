/**
 * Collections whose readers walk without locks or writes while updaters change them.
 *
 * <p>{@link org.jurcu.rcu.list.RcuList} is the kernel's {@code list_head} under {@code rculist.h};
 * {@link org.jurcu.rcu.list.RcuHashTable} and {@link org.jurcu.rcu.list.RcuIntTable} are hash tables that grow and shrink
 * under their readers.
 *
 * <p>They are intrusive: an element is a node, by extending {@link org.jurcu.rcu.list.RcuListNode},
 * {@link org.jurcu.rcu.list.RcuHashNode} or {@link org.jurcu.rcu.list.RcuIntNode}. So nothing is allocated when it is added,
 * a reader reaches it by one pointer less, and a pool gets back the very object whose readers it waited for. An element
 * that must be in several collections, or that has another superclass, is held by a node of its own:
 * {@link org.jurcu.rcu.list.RcuListEntry} and {@link org.jurcu.rcu.list.RcuHashEntry}, or a subclass that points to it.
 *
 * <h2>When a node may be used again</h2>
 *
 * A node that was removed can be in the hands of readers until a grace period has elapsed. Whoever gives it another key,
 * adds it again, to whatever collection, or destroys what it holds must let one elapse in between, of the domain in whose
 * sections it is read. Nodes that are used once and then left to the garbage collector need neither sections nor grace
 * periods. A collection that is told the domain when it is made checks this in strict mode. One that is kept after its removal, and not added again, is to be told so when the grace period has elapsed
 * ({@code initDeleted}): its link, which readers needed, would keep others from the collector.
 *
 * <p>Comments such as {@code L2} name the lines of the proof in docs/collections.md, and letters its orderings.
 */
package org.jurcu.rcu.list;
