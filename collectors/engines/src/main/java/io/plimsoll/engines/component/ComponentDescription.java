// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import io.plimsoll.wire.Role;
import java.util.List;

/**
 * What can be read of one type of component.
 *
 * @param type its name, such as kafka-broker
 * @param role its role on the wire
 * @param about one sentence for the reader of the page
 * @param families in the order of the file
 */
public record ComponentDescription(
    String type, Role role, String about, List<BeanFamily> families) {
  public ComponentDescription {
    families = List.copyOf(families);
  }

  /** This description and what another adds to the same type. */
  ComponentDescription plus(ComponentDescription more) {
    List<BeanFamily> both = new java.util.ArrayList<>(families);
    both.addAll(more.families());
    return new ComponentDescription(type, role, about, both);
  }
}
