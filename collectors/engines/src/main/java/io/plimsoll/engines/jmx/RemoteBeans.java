// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.jmx;

import io.plimsoll.engines.component.BeanReader;
import io.plimsoll.engines.component.SourceException;
import io.plimsoll.engines.component.SourceException.Code;
import java.io.IOException;
import java.net.MalformedURLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/**
 * Beans over plain JMX ({@code service:jmx:rmi:...}). The connection is kept from read to read and
 * made anew after a failure. RMI knows no time limit; the poller's holds.
 */
public final class RemoteBeans implements BeanReader {
  private final JMXServiceURL address;
  private final Map<String, Object> environment;
  private @Nullable JMXConnector connector;

  /**
   * @param login null when the component asks for none
   * @throws SourceException when the address is none of JMX
   */
  public RemoteBeans(String address, @Nullable Login login) throws SourceException {
    try {
      this.address = new JMXServiceURL(address);
    } catch (MalformedURLException e) {
      throw new SourceException(
          Code.BAD_INPUT, "not a JMX address (service:jmx:rmi:...): " + address, e);
    }
    this.environment =
        login == null
            ? Map.of()
            : Map.of(JMXConnector.CREDENTIALS, new String[] {login.user(), login.password()});
  }

  @Override
  public synchronized List<Map<ObjectName, Map<String, Object>>> read(List<Query> queries)
      throws SourceException {
    try {
      MBeanServerConnection server = connection();
      List<Map<ObjectName, Map<String, Object>>> answers = new ArrayList<>();
      for (Query query : queries) {
        Map<ObjectName, Map<String, Object>> beans = new HashMap<>();
        for (ObjectName name : server.queryNames(query.pattern(), null)) {
          beans.put(name, attributes(server, name, query.attributes()));
        }
        answers.add(beans);
      }
      return answers;
    } catch (SecurityException e) {
      drop();
      throw new SourceException(Code.REFUSED, address + " refuses: " + e.getMessage(), e);
    } catch (IOException e) {
      drop();
      throw new SourceException(Code.UNREACHABLE, address + " cannot be reached: " + root(e), e);
    }
  }

  // Only addresses that the operator configured are ever connected to.
  @SuppressWarnings("BanJNDI")
  private MBeanServerConnection connection() throws IOException {
    JMXConnector current = connector;
    if (current == null) {
      current = JMXConnectorFactory.connect(address, environment);
      connector = current;
    }
    return current.getMBeanServerConnection();
  }

  private static Map<String, Object> attributes(
      MBeanServerConnection server, ObjectName name, List<String> wanted) throws IOException {
    Map<String, Object> attributes = new HashMap<>();
    try {
      for (Attribute each : server.getAttributes(name, wanted.toArray(new String[0])).asList()) {
        put(attributes, each.getName(), each.getValue());
      }
    } catch (InstanceNotFoundException e) {
      // It went between the two questions.
      return attributes;
    } catch (JMException | IOException e) {
      // One value that cannot travel fails them all: ask for each on its own.
      for (String attribute : wanted) {
        one(server, name, attribute, attributes);
      }
    }
    return attributes;
  }

  private static void one(
      MBeanServerConnection server,
      ObjectName name,
      String attribute,
      Map<String, Object> attributes)
      throws IOException {
    try {
      put(attributes, attribute, server.getAttribute(name, attribute));
    } catch (JMException | RuntimeException | java.rmi.UnmarshalException e) {
      // Absent says it: the description's metric becomes "unread".
      attributes.remove(attribute);
    }
  }

  private static void put(Map<String, Object> attributes, String name, @Nullable Object value) {
    if (value instanceof Number || value instanceof Boolean) {
      attributes.put(name, value);
    } else if (value instanceof CompositeData composite) {
      Map<String, Object> parts = new HashMap<>();
      for (String key : composite.getCompositeType().keySet()) {
        put(parts, key, composite.get(key));
      }
      attributes.put(name, parts);
    }
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  private void drop() {
    JMXConnector current = connector;
    connector = null;
    if (current != null) {
      try {
        current.close();
      } catch (IOException e) {
        // The other side is gone; there is nothing left to close.
        connector = null;
      }
    }
  }

  /** Does not wait for a read that hangs. */
  @Override
  public void close() {
    JMXConnector current = connector;
    if (current != null) {
      Thread closer =
          new Thread(
              () -> {
                try {
                  current.close();
                } catch (IOException e) {
                  // The other side is gone; there is nothing left to close.
                  Thread.currentThread().interrupt();
                }
              },
              "plimsoll-jmx-close");
      closer.setDaemon(true);
      closer.start();
    }
  }
}
