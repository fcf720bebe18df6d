package dev.slipway.engine.probe;

import dev.slipway.engine.api.ContainerPort;
import dev.slipway.engine.api.Handler.Port;
import dev.slipway.engine.api.ObjectMeta;
import java.util.List;

/**
 * Where a probe or a hook goes.
 *
 * @param pod the pod as texts name it, see {@link #name}
 * @param container the container's name
 * @param address the pod's address
 * @param ports the container's ports
 */
public record ProbeTarget(
    String pod, String container, Address address, List<ContainerPort> ports) {
  private static final int MAX_PORT = 65_535;

  public ProbeTarget {
    ports = List.copyOf(ports);
  }

  /**
   * The address of a pod.
   *
   * @param ip empty if there is none
   * @param problem why there is none
   */
  public record Address(String ip, String problem) {
    /** The pod has no address. */
    public static final Address NONE = new Address("", "failed to find networking container");

    public static Address of(String ip) {
      return new Address(ip, "");
    }

    /** The runtime did not tell. */
    public static Address unknown(String error) {
      return new Address("", "unable to get pod status, event handlers may be invalid: " + error);
    }
  }

  /** A pod as the kubelet's texts name it: {@code name_namespace(uid)}. */
  public static String name(ObjectMeta meta) {
    return meta.name() + "_" + meta.namespace() + "(" + meta.uid() + ")";
  }

  /**
   * Rule P-079 (pkg/probe/util.go ResolveContainerPort, 1.37.2): a text is the name of one of the
   * container's ports and nothing else.
   */
  int port(Port port) throws BadRequestException {
    int number = port.named() ? named(port.name()) : port.number();
    if (number <= 0 || number > MAX_PORT) {
      throw new BadRequestException("invalid port number: " + number);
    }
    return number;
  }

  private int named(String name) throws BadRequestException {
    for (ContainerPort port : ports) {
      if (port.name().equals(name)) {
        return port.containerPort();
      }
    }
    throw new BadRequestException("port " + Quoted.of(name) + " not found");
  }
}
