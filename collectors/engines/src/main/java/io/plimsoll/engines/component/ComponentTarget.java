// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One component that is polled. The same cluster, type and address are the same process on the
 * wire, whoever polls and however often it is restarted.
 *
 * @param type as described, such as kafka-broker
 * @param role its role on the wire
 * @param cluster the user's name of the cluster; empty when there is none
 * @param address where it is asked, without credentials
 */
public record ComponentTarget(String type, Role role, String cluster, String address) {
  private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");
  private static final Pattern RMI_HOST = Pattern.compile("rmi://([^:/]+)");

  public ComponentTarget {
    address = USER_INFO.matcher(address).replaceAll("//");
  }

  public ProcessIdentity identity() {
    String name = cluster + "\n" + type + "\n" + address;
    return ProcessIdentity.builder(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)))
        .host(host(), "")
        .role(role)
        .cluster(cluster)
        .build();
  }

  private String host() {
    var rmi = RMI_HOST.matcher(address);
    if (rmi.find()) {
      return rmi.group(1);
    }
    try {
      String host = URI.create(address).getHost();
      return host == null ? "" : host;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
