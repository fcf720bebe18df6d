package dev.slipway.ops.replay;

import dev.slipway.ingest.trace.TraceNode;
import java.util.Collection;

/**
 * Decides which pod goes to which node, one cluster, one thread. Times only grow from call to call.
 */
interface Placer {
  /** Hears what was decided, in the order of the decisions. */
  interface Decisions {
    /** The pod is on the node from now on; the placer counts it there until it is removed. */
    void placed(PodRecord pod, String node);

    /** The pod found no node and waits. */
    void waits(PodRecord pod, String why);

    /** The victim is to be deleted so that the other finds room. */
    void preempt(PodRecord victim, PodRecord by);
  }

  void addNode(TraceNode node, long now);

  /** No pod goes there any more; those that are there stay until they are removed. */
  void cordon(String node, long now);

  /** The node is gone; its pods have been removed before. */
  void removeNode(String node, long now);

  /** A pod that wants a node. */
  void add(PodRecord pod, long now);

  /** A pod that is on a node already, whoever put it there. */
  void bound(PodRecord pod, String node, long now);

  /** Deletion of a pod that is on a node was asked for; it counts until it is removed. */
  void terminating(PodRecord pod, long now);

  /** The pod counts no more, whether it waited or was on a node. */
  void remove(PodRecord pod, long now);

  /** Decides everything that can be decided now. */
  void run(long now, Decisions out);

  /** When to call {@link #run} again though nothing else happens, Long.MAX_VALUE: never. */
  long nextWake();

  /** Attempts to place a pod so far. */
  long attempts();

  /** What it does not do, for the report. */
  Collection<String> notModelled();
}
