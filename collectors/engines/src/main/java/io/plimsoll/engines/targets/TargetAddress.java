// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.targets;

import io.plimsoll.engines.component.YamlMap;
import io.plimsoll.engines.targets.Target.Place;
import io.plimsoll.engines.yarn.NodeManagerSource;
import io.plimsoll.engines.yarn.ResourceManagerSource;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/** Reads the addresses and durations of a file of targets. */
final class TargetAddress {
  private static final String RMI = "service:jmx:";
  private static final int HIGHEST_PORT = 65_535;
  private static final Set<String> VIA =
      Set.of(Reach.JOLOKIA.word(), Reach.JMX.word(), Reach.JMX_PAGE.word());
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  private TargetAddress() {}

  /** Where the entry's component is asked; what the address leaves open, {@code via} says. */
  static Place place(YamlMap entry, String kind, @Nullable Path login) {
    String address = entry.text("address");
    Reach reach = reach(entry, kind, address);
    if (reach == Reach.JMX) {
      requireJmx(entry, address);
    } else {
      requireHttp(entry, address);
    }
    return new Place(reach, address, login, "");
  }

  private static Reach reach(YamlMap entry, String kind, String address) {
    boolean rest = kind.equals(ResourceManagerSource.TYPE) || kind.equals(NodeManagerSource.TYPE);
    if (rest && entry.has("via")) {
      throw entry.error("via", kind + " is read by REST; leave 'via' out");
    }
    if (rest) {
      return kind.equals(NodeManagerSource.TYPE) ? Reach.YARN_NODE_REST : Reach.YARN_REST;
    }
    if (entry.has("via")) {
      String via = entry.choice("via", VIA);
      return Reach.valueOf(via.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
    if (address.startsWith(RMI)) {
      return Reach.JMX;
    }
    String path = address.replaceAll("/+$", "");
    if (path.endsWith("/jmx")) {
      return Reach.JMX_PAGE;
    }
    if (path.endsWith("/jolokia")) {
      return Reach.JOLOKIA;
    }
    throw entry.error(
        "address",
        "'"
            + plain(address)
            + "' does not tell how to read it: take http://host:port/jolokia, http://host:port/jmx"
            + " or service:jmx:rmi:///jndi/rmi://host:port/jmxrmi, or add via: jolokia");
  }

  private static void requireJmx(YamlMap entry, String address) {
    try {
      new JMXServiceURL(address);
    } catch (MalformedURLException e) {
      throw entry.error(
          "address",
          "'"
              + plain(address)
              + "' is no JMX address; one looks like"
              + " service:jmx:rmi:///jndi/rmi://host:port/jmxrmi");
    }
  }

  private static void requireHttp(YamlMap entry, String address) {
    URI uri = uri(address);
    if (uri == null) {
      throw entry.error(
          "address",
          "'" + plain(address) + "' is no address; one looks like http://host:port/path");
    }
    if (uri.getRawUserInfo() != null) {
      throw entry.error(
          "address",
          "'"
              + plain(address)
              + "' holds a password; write 'user password' into a file and name it: login: FILE");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw entry.error("address", "'" + plain(address) + "' must end before ? and #");
    }
  }

  private static @Nullable URI uri(String address) {
    try {
      URI uri = new URI(address);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean good =
          (scheme.equals("http") || scheme.equals("https"))
              && uri.getHost() != null
              && uri.getPort() != 0
              && uri.getPort() <= HIGHEST_PORT;
      return good ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** The address without what stands before an @ or behind a ?: a complaint must tell no secret. */
  private static String plain(String address) {
    return address.replaceAll("//[^/]*@", "//").replaceAll("[?#].*", "");
  }

  /** What stands in a name that the user did not give. */
  static String shown(Place place) {
    if (place.reach() == Reach.KUBERNETES) {
      return place.namespace();
    }
    String address = place.address();
    int start = Math.max(address.lastIndexOf("//"), 0);
    Matcher host = Pattern.compile("//([^/]+)").matcher(address);
    return host.find(start) ? host.group(1) : address;
  }

  /** Such as 500ms, 10s, 2m or 1h; null for any other text. */
  static @Nullable Duration duration(String word) {
    Matcher parts = DURATION.matcher(word);
    if (!parts.matches()) {
      return null;
    }
    long number = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
