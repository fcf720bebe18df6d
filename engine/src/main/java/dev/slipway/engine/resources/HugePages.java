package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.QuantityFormatException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Page sizes in resource names, {@code hugepages-2Mi}, and in cgroups, {@code 2MB}. */
final class HugePages {
  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};

  private HugePages() {}

  /** Bytes of a page of that resource name, null if the name says none. */
  static @Nullable Long pageBytes(String name) {
    try {
      return Quantity.parse(name.substring(ResourceNames.HUGEPAGES_PREFIX.length())).value();
    } catch (QuantityFormatException e) {
      return null;
    }
  }

  /** How cgroups call a page of that many bytes. */
  static String cgroupSize(long pageBytes) {
    long size = pageBytes;
    int unit = 0;
    while (size >= 1024 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return size + UNITS[unit];
  }

  /** Bytes by page size, of all huge pages in a list. */
  static Map<Long, Long> bytesByPage(ResourceList list) {
    var bytes = new TreeMap<Long, Long>();
    for (int i = 0; i < list.size(); i++) {
      if (ResourceNames.isHugePages(list.name(i))) {
        Long page = pageBytes(list.name(i));
        if (page != null) {
          bytes.put(page, list.amount(i).value());
        }
      }
    }
    return bytes;
  }
}
