// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.targets;

import io.plimsoll.engines.component.BeanReader;
import io.plimsoll.engines.component.BeanSource;
import io.plimsoll.engines.component.ComponentCatalog;
import io.plimsoll.engines.component.ComponentDescription;
import io.plimsoll.engines.component.ComponentSource;
import io.plimsoll.engines.component.ComponentTarget;
import io.plimsoll.engines.component.Reading;
import io.plimsoll.engines.component.SourceException;
import io.plimsoll.engines.component.SourceException.Code;
import io.plimsoll.engines.http.BoundedHttp;
import io.plimsoll.engines.jmx.HadoopBeans;
import io.plimsoll.engines.jmx.JolokiaBeans;
import io.plimsoll.engines.jmx.Login;
import io.plimsoll.engines.jmx.RemoteBeans;
import io.plimsoll.engines.kubernetes.Kubeconfig;
import io.plimsoll.engines.kubernetes.KubernetesSource;
import io.plimsoll.engines.targets.Target.Place;
import io.plimsoll.engines.yarn.NodeManagerSource;
import io.plimsoll.engines.yarn.ResourceManagerSource;
import io.plimsoll.wire.Role;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A target that is opened when it is first read. Files with credentials that cannot be used fail
 * the read, not the others; after a refusal they are read again, so that a new password counts.
 */
public final class TargetSource implements ComponentSource {
  private final Target configured;
  private final @Nullable ComponentDescription description;
  private final ComponentTarget target;
  private @Nullable ComponentSource opened;
  private boolean closed;

  TargetSource(Target configured, ComponentCatalog catalog) {
    this.configured = configured;
    this.description = catalog.description(configured.kind());
    this.target = target(configured, description);
  }

  private static ComponentTarget target(
      Target configured, @Nullable ComponentDescription description) {
    Place place = configured.place();
    return switch (place.reach()) {
      case YARN_REST -> of(configured, Role.RESOURCE_MANAGER, place.address());
      case YARN_NODE_REST -> of(configured, Role.NODE_MANAGER, place.address());
      case KUBERNETES -> of(configured, Role.KUBERNETES, kubernetesAddress(configured));
      case JOLOKIA, JMX, JMX_PAGE ->
          of(configured, Objects.requireNonNull(description).role(), place.address());
    };
  }

  private static ComponentTarget of(Target configured, Role role, String address) {
    return new ComponentTarget(configured.kind(), role, configured.cluster(), address);
  }

  /** As the source will call itself; the kubeconfig's own path while that cannot be read. */
  private static String kubernetesAddress(Target configured) {
    try {
      return kubernetes(configured).target().address();
    } catch (SourceException unreadable) {
      // The reason is told by every read that fails for it.
      return configured.place().login() + "#" + configured.place().namespace();
    }
  }

  /** The entry that this source reads. */
  public Target configured() {
    return configured;
  }

  @Override
  public ComponentTarget target() {
    return target;
  }

  /** Reads the files with credentials and makes the client, without asking the component. */
  public synchronized void check() throws SourceException {
    source();
  }

  @Override
  public Reading read(long epochMillis) throws SourceException, InterruptedException {
    try {
      return source().read(epochMillis);
    } catch (SourceException e) {
      if (e.code() == Code.REFUSED) {
        drop();
      }
      throw e;
    }
  }

  private synchronized ComponentSource source() throws SourceException {
    if (closed) {
      throw new SourceException(Code.UNREACHABLE, target.address() + " is no longer polled");
    }
    ComponentSource source = opened;
    if (source == null) {
      source = connect();
      opened = source;
    }
    return source;
  }

  private ComponentSource connect() throws SourceException {
    Place place = configured.place();
    String cluster = configured.cluster();
    return switch (place.reach()) {
      case YARN_REST -> new ResourceManagerSource(cluster, URI.create(place.address()), http());
      case YARN_NODE_REST -> new NodeManagerSource(cluster, URI.create(place.address()), http());
      case KUBERNETES -> kubernetes(configured);
      case JOLOKIA -> beans(new JolokiaBeans(URI.create(place.address()), http()));
      case JMX_PAGE -> beans(new HadoopBeans(URI.create(place.address()), http()));
      case JMX -> beans(new RemoteBeans(place.address(), login()));
    };
  }

  private ComponentSource beans(BeanReader reader) {
    return new BeanSource(
        Objects.requireNonNull(description),
        configured.cluster(),
        configured.place().address(),
        reader);
  }

  private static KubernetesSource kubernetes(Target configured) throws SourceException {
    Path kubeconfig = Objects.requireNonNull(configured.place().login());
    return new KubernetesSource(
        configured.cluster(),
        Kubeconfig.read(kubeconfig),
        configured.place().namespace(),
        configured.timeout());
  }

  private BoundedHttp http() throws SourceException {
    Login login = login();
    return BoundedHttp.of(
        configured.timeout(), BoundedHttp.LIMIT_BYTES, login == null ? null : login.basic(), null);
  }

  private @Nullable Login login() throws SourceException {
    Path file = configured.place().login();
    return file == null ? null : Login.read(file);
  }

  private synchronized void drop() {
    ComponentSource source = opened;
    opened = null;
    if (source != null) {
      source.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    drop();
  }
}
