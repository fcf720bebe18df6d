package dev.slipway.engine.scheduling;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The templates of a cluster, and the plans of those that were decided about lately. What is kept
 * per template and node is bounded: plans by {@link #PLANS_MAX}, classes by {@link #CLASSES_MAX}.
 */
final class Plans {
  /** Templates decided about lately whose matchers are kept. */
  private static final int PLANS_MAX = 4096;

  /** Classes whose answers per node are kept. */
  private static final int CLASSES_MAX = 512;

  private static final float LOAD = 0.75f;

  private final Cluster cluster;
  private final Map<SchedulingSpec, Template> templates = new HashMap<>();
  private final LinkedHashMap<Template, Plan> plans = new LinkedHashMap<>(64, LOAD, true);
  private final LinkedHashMap<SchedulingSpec.NodeRules, StaticClass> statics =
      new LinkedHashMap<>(64, LOAD, true);
  private final Map<LocalClass.Key, LocalClass> locals = new HashMap<>();

  /** Classes whose answers are kept, those used last at the end. */
  private final LinkedHashMap<LocalClass, LocalClass> used = new LinkedHashMap<>(64, LOAD, true);

  Plans(Cluster cluster) {
    this.cluster = cluster;
  }

  /** The template of a spec, for one pod more. */
  Template acquire(SchedulingSpec spec) {
    Template template = template(spec);
    template.references++;
    return template;
  }

  void release(Template template) {
    template.references--;
    reap(template);
  }

  private Template template(SchedulingSpec spec) {
    Template template = templates.get(spec);
    if (template == null) {
      template =
          new Template(
              spec,
              cluster.groups.acquire(spec.namespace(), spec.labels()),
              cluster.terms.acquire(spec),
              cluster.nodes);
      templates.put(spec, template);
    }
    return template;
  }

  private void reap(Template template) {
    if (template.references == 0 && template.plan == null) {
      templates.remove(template.spec);
      cluster.groups.release(template.group);
      cluster.terms.release(template.carriers);
    }
  }

  /** The plan for pods of a spec. */
  Plan plan(SchedulingSpec spec) {
    Template template = template(spec);
    Plan plan = plans.get(template);
    if (plan == null) {
      plan = new Plan(template, local(spec), cluster);
      template.plan = plan;
      plans.put(template, plan);
      evict();
    }
    keep(plan.local);
    return plan;
  }

  private void evict() {
    if (plans.size() > PLANS_MAX) {
      dropEldest();
    }
  }

  /** Drops all plans: something they took from the cluster has changed. */
  void forget() {
    while (!plans.isEmpty()) {
      dropEldest();
    }
  }

  private void dropEldest() {
    Iterator<Plan> eldest = plans.values().iterator();
    Plan plan = eldest.next();
    eldest.remove();
    plan.release(cluster.groups);
    plan.template.plan = null;
    reap(plan.template);
  }

  private LocalClass local(SchedulingSpec spec) {
    LocalClass.Key key = LocalClass.Key.of(spec, cluster.sidecarsKnown);
    LocalClass local = locals.get(key);
    if (local == null) {
      local = new LocalClass(key, statics(spec.nodeRules()), cluster.nodes);
      locals.put(key, local);
    }
    return local;
  }

  /** The class is used now: its answers are kept, those not used for longest are given up. */
  private void keep(LocalClass local) {
    if (used.put(local, local) != null || used.size() <= CLASSES_MAX) {
      return;
    }
    Iterator<LocalClass> eldest = used.values().iterator();
    LocalClass old = eldest.next();
    eldest.remove();
    locals.remove(old.key);
    old.forget();
  }

  private StaticClass statics(SchedulingSpec.NodeRules rules) {
    StaticClass known = statics.get(rules);
    if (known == null) {
      known = new StaticClass(rules);
      statics.put(rules, known);
      if (statics.size() > CLASSES_MAX) {
        Iterator<StaticClass> eldest = statics.values().iterator();
        eldest.next();
        eldest.remove();
      }
    }
    return known;
  }
}
