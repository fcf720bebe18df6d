package dev.slipway.ops.resources;

import java.util.ArrayList;
import java.util.List;

/**
 * How our QoS class compares with the one in the status.
 *
 * @param absent rows without such a status
 */
record QosAgreement(int agree, List<PodFigures> differ, int absent) {
  QosAgreement {
    differ = List.copyOf(differ);
  }

  static QosAgreement of(List<PodFigures> rows) {
    int agree = 0;
    int absent = 0;
    var differ = new ArrayList<PodFigures>();
    for (PodFigures row : rows) {
      if (row.statusQos().isEmpty()) {
        absent++;
      } else if (row.statusQos().equals(row.qos().text())) {
        agree++;
      } else {
        differ.add(row);
      }
    }
    return new QosAgreement(agree, differ, absent);
  }
}
