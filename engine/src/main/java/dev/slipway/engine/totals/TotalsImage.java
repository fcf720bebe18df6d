package dev.slipway.engine.totals;

import java.util.Collections;
import java.util.Set;

/** All totals at one moment; immutable, any thread may read it. */
public final class TotalsImage {
  private final Columns columns;
  private final GroupImages nodes;
  private final GroupImages namespaces;
  private final GroupImages qosClasses;
  private final GroupImages owners;
  private final GroupImages priorities;
  private final GroupImages cluster;
  private final QuotaImage quotas;

  TotalsImage(
      Columns columns,
      GroupImages nodes,
      GroupImages namespaces,
      GroupImages qosClasses,
      GroupImages owners,
      GroupImages priorities,
      GroupImages cluster,
      QuotaImage quotas) {
    this.columns = columns;
    this.nodes = nodes;
    this.namespaces = namespaces;
    this.qosClasses = qosClasses;
    this.owners = owners;
    this.priorities = priorities;
    this.cluster = cluster;
    this.quotas = quotas;
  }

  /** By node name; {@link Totals#UNSCHEDULED} holds the pods without one. */
  public GroupImages nodes() {
    return nodes;
  }

  public GroupImages namespaces() {
    return namespaces;
  }

  /** By QoS class as the API spells it. */
  public GroupImages qosClasses() {
    return qosClasses;
  }

  /** By {@code namespace/Kind/name} of the controller. */
  public GroupImages owners() {
    return owners;
  }

  /** By priority class. */
  public GroupImages priorities() {
    return priorities;
  }

  /** Everything together: the sum of namespaces, and of nodes with the unscheduled. */
  public GroupTotals cluster() {
    return cluster.get("");
  }

  public QuotaImage quotas() {
    return quotas;
  }

  /** Resources any pod has ever had something of. */
  public Set<String> resourceNames() {
    return Collections.unmodifiableSet(columns.names());
  }
}
