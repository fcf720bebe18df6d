package dev.slipway.engine.resources;

/**
 * How effective requests and limits are counted.
 *
 * @param excludeOverhead leave the overhead out
 * @param useStatusResources take what the status says into account
 * @param inPlacePodLevel take the pod-wide lists of the status too
 * @param skipPodLevel ignore pod-level resources
 * @param skipContainerLevel requests only: ignore what containers ask for
 * @param draClaims add claims on the node's own resources
 * @param nonMissing requests only: what a container is taken to ask for where it names nothing
 *     (R-030)
 */
public record ResourceOptions(
    boolean excludeOverhead,
    boolean useStatusResources,
    boolean inPlacePodLevel,
    boolean skipPodLevel,
    boolean skipContainerLevel,
    boolean draClaims,
    ResourceList nonMissing) {
  /** The spec alone, overhead in: the incoming pod of the fit filter, limits of cgroups. */
  public static final ResourceOptions SPEC =
      new ResourceOptions(false, false, false, false, false, false, ResourceList.EMPTY);

  /** The spec alone, without overhead: LimitRange of type Pod, sandbox resources. */
  public static final ResourceOptions SPEC_WITHOUT_OVERHEAD =
      new ResourceOptions(true, false, false, false, false, false, ResourceList.EMPTY);

  /** What the scheduler counts for a pod on a node. */
  public static final ResourceOptions SCHEDULER =
      new ResourceOptions(false, true, true, false, false, false, ResourceList.EMPTY);

  /** What quota counts. */
  public static final ResourceOptions QUOTA =
      new ResourceOptions(false, true, false, false, false, false, ResourceList.EMPTY);

  /** The same with stand-ins for what containers do not name. */
  public ResourceOptions withNonMissing(ResourceList list) {
    return new ResourceOptions(
        excludeOverhead,
        useStatusResources,
        inPlacePodLevel,
        skipPodLevel,
        skipContainerLevel,
        draClaims,
        list);
  }

  /** The same without pod-level resources. */
  public ResourceOptions withoutPodLevel() {
    return new ResourceOptions(
        excludeOverhead,
        useStatusResources,
        inPlacePodLevel,
        true,
        skipContainerLevel,
        draClaims,
        nonMissing);
  }
}
