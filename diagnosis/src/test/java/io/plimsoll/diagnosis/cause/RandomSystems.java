// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import io.plimsoll.diagnosis.graph.ComponentType;
import io.plimsoll.diagnosis.graph.Family;
import io.plimsoll.diagnosis.graph.LinkGraph;
import io.plimsoll.diagnosis.graph.LinkType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random graphs, with circles and views, and random severities on them. */
final class RandomSystems {
  private RandomSystems() {}

  /** A link by its ends and its type's ordinal. */
  record Link(int from, int to, int type) {}

  /** One severity of a component's family; below 0 the component is forgotten. */
  record Said(int component, int family, double severity) {}

  static List<Link> links(int size, int count, Random random) {
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int type = random.nextInt(LinkType.values().length);
      boolean isView = type == LinkType.VIEW_OF.ordinal() && random.nextInt(4) > 0;
      links.add(new Link(random.nextInt(size), random.nextInt(size), isView ? 0 : type));
    }
    return links;
  }

  static LinkGraph graph(int size, List<Link> links, int[] names) {
    LinkGraph.Builder builder = LinkGraph.builder(size);
    for (int v = 0; v < size; v++) {
      builder.type(names[v], ComponentType.at(v % ComponentType.values().length));
    }
    links.forEach(
        link -> builder.link(names[link.from()], names[link.to()], LinkType.at(link.type())));
    return builder.build();
  }

  static List<Said> said(int size, int count, Random random) {
    List<Said> said = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double severity = random.nextInt(3) == 0 ? 0 : 7 * random.nextDouble();
      said.add(
          new Said(
              random.nextInt(size),
              random.nextInt(Family.COUNT),
              random.nextInt(10) == 0 ? -1 : severity));
    }
    return said;
  }

  static void tell(CauseEngine engine, Said said, int[] names) {
    if (said.severity() < 0) {
      engine.forget(names[said.component()]);
    } else {
      engine.observe(names[said.component()], Family.at(said.family()), said.severity());
    }
  }
}
