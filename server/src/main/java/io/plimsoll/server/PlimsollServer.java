// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.plimsoll.server.api.HttpApi;
import io.plimsoll.server.bus.EnvelopeBus;
import io.plimsoll.store.AttemptArchive;
import io.plimsoll.store.RunCatalogue;
import io.plimsoll.store.SeriesStore;
import io.plimsoll.tuner.whitebox.WhiteBoxTuner;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.jetty.http.UriCompliance;

/** A running server: the REST API, the console, and the tuner that serves complete runs. */
public final class PlimsollServer implements AutoCloseable {
  private static final Duration TUNER_INTERVAL = Duration.ofSeconds(1);

  private final Javalin http;
  private final RecommendationRunner recommendations;
  private final URI address;

  private PlimsollServer(Javalin http, RecommendationRunner recommendations, URI address) {
    this.http = http;
    this.recommendations = recommendations;
    this.address = address;
  }

  /**
   * Starts listening, for questions only.
   *
   * @throws ServerException when the port is taken or the host is no address of this machine
   */
  public static PlimsollServer start(
      ServerConfig config, RunCatalogue catalogue, SeriesStore series, AttemptArchive archive) {
    return start(config, catalogue, series, archive, EnvelopeBus.NONE);
  }

  /**
   * Starts listening, for agents' envelopes too.
   *
   * @param bus where envelopes go that agents post; stays the caller's
   * @throws ServerException when the port is taken or the host is no address of this machine
   */
  public static PlimsollServer start(
      ServerConfig config,
      RunCatalogue catalogue,
      SeriesStore series,
      AttemptArchive archive,
      EnvelopeBus bus) {
    probe(config);
    HttpApi api = new HttpApi(catalogue, series, archive, bus, isLoopback(config.host()));
    Javalin http = Javalin.create(javalin -> configure(javalin, api));
    try {
      http.start(config.host(), config.port());
    } catch (RuntimeException e) {
      http.stop();
      throw cannotListen(config, e);
    }
    RecommendationRunner recommendations =
        RecommendationRunner.start(catalogue, WhiteBoxTuner::recommend, TUNER_INTERVAL);
    String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
    return new PlimsollServer(
        http, recommendations, URI.create("http://" + host + ":" + http.port()));
  }

  /** Listens for a moment, so that a taken port is told without the web server's stack traces. */
  private static void probe(ServerConfig config) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(config.host(), config.port()));
    } catch (IOException e) {
      throw cannotListen(config, e);
    }
  }

  /** Where browsers and programs find it, without a slash at the end. */
  public URI address() {
    return address;
  }

  /** Stops listening and tuning; the store stays open. */
  @Override
  public void close() {
    recommendations.close();
    http.stop();
  }

  private static void configure(JavalinConfig config, HttpApi api) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.generateEtags = false;
    // Names of clusters and jobs are often URLs or paths: what they hold stands in addresses,
    // encoded.
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setUriCompliance(
              UriCompliance.DEFAULT.with(
                  "encoded-names",
                  UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                  UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                  UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS));
          http.setSendServerVersion(false);
        });
    config.jetty.modifyServer(server -> server.setErrorHandler(new ProblemPages()));
    config.jetty.modifyServletContextHandler(
        context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
    api.register(config);
    ConsoleFiles.register(config);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static ServerException cannotListen(ServerConfig config, Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String said = String.valueOf(root.getMessage());
    if (root instanceof BindException && said.toLowerCase(Locale.ROOT).contains("in use")) {
      return new ServerException(
          ServerException.Code.PORT_TAKEN,
          "port "
              + config.port()
              + " on "
              + config.host()
              + " is taken: stop what listens there, or choose another with --port (0 = any)",
          failure);
    }
    return new ServerException(
        ServerException.Code.CANNOT_LISTEN,
        "cannot listen on "
            + config.host()
            + ":"
            + config.port()
            + " ("
            + said
            + "): give an address of this machine with --host and a port from 1024 with --port",
        failure);
  }
}
