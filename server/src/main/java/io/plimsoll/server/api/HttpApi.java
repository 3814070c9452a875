// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.javalin.json.JavalinJackson;
import io.plimsoll.server.bus.EnvelopeBus;
import io.plimsoll.store.AttemptArchive;
import io.plimsoll.store.RunCatalogue;
import io.plimsoll.store.SeriesStore;
import io.plimsoll.store.StoreException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API's routes on Javalin: every answer outside the contract is a problem (RFC 9457). */
public final class HttpApi {
  /** The media type of problems. */
  public static final String PROBLEM_TYPE = "application/problem+json";

  private static final Logger logger = LoggerFactory.getLogger(HttpApi.class);
  private static final String START = "plimsoll.start";
  private static final String ROUTE = "plimsoll.route";
  private static final String UNMATCHED = "other";
  private static final Set<String> LOOPBACK_NAMES =
      Set.of("localhost", "127.0.0.1", "[::1]", "0:0:0:0:0:0:0:1");
  private static final String CONTENT_POLICY =
      "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private final List<Route> routes;
  private final Metrics metrics;
  private final boolean loopbackOnly;
  private final AtomicReference<String> loggedTrouble = new AtomicReference<>("");

  /**
   * The API over these ports.
   *
   * @param loopbackOnly whether requests that were sent to another name than this machine's
   *     loopback are refused, so that no web page can reach the API through a name of its own
   */
  public HttpApi(
      RunCatalogue catalogue,
      SeriesStore series,
      AttemptArchive archive,
      EnvelopeBus bus,
      boolean loopbackOnly) {
    this.metrics = new Metrics(catalogue);
    this.routes = new Api(catalogue, series, archive, bus, metrics).routes();
    this.loopbackOnly = loopbackOnly;
  }

  /** The addresses that are answered, as {@code openapi.yaml} writes them. */
  public Set<String> paths() {
    Set<String> paths = new TreeSet<>();
    routes.forEach(route -> paths.add(route.path()));
    return paths;
  }

  /** Adds routes, problems, headers and request metrics. */
  public void register(JavalinConfig config) {
    config.jsonMapper(new JavalinJackson());
    config.http.prefer405over404 = true;
    RoutesConfig to = config.routes;
    to.before(this::begin);
    for (Route route : routes) {
      Handler handler =
          context -> {
            context.attribute(ROUTE, route.path());
            context.header("Cache-Control", "no-store");
            route.answer().write(context, Query.of(context, route.parameters()));
          };
      switch (route.method()) {
        case GET -> to.get(route.path(), handler);
        case POST -> to.post(route.path(), handler);
      }
    }
    to.after(this::end);
    to.exception(ApiException.class, (e, context) -> problem(context, e.code(), e.detail()));
    to.exception(
        StoreException.class,
        (e, context) -> {
          String said = oneLine(e);
          if (!said.equals(loggedTrouble.getAndSet(said))) {
            logger.warn("the store failed: {}", said);
          }
          problem(context, ApiException.Code.STORE_UNAVAILABLE, said);
        });
    to.exception(HttpResponseException.class, this::refused);
    to.exception(
        Exception.class,
        (e, context) -> {
          logger.error("no answer to {}", JobNames.oneLine(context.path()), e);
          problem(
              context,
              ApiException.Code.INTERNAL,
              "a fault of the server; its log says more: " + e.getClass().getSimpleName());
        });
  }

  private void begin(Context context) {
    context.attribute(START, System.nanoTime());
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Content-Security-Policy", CONTENT_POLICY);
    context.header("Referrer-Policy", "no-referrer");
    if (loopbackOnly && !isLoopback(context.host())) {
      throw new ApiException(
          ApiException.Code.FORBIDDEN,
          "this server listens for this machine only: ask for it as 127.0.0.1 or localhost, or"
              + " start it with --host");
    }
  }

  private static boolean isLoopback(@Nullable String host) {
    if (host == null) {
      return true;
    }
    String name = host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    return LOOPBACK_NAMES.contains(name);
  }

  private void end(Context context) {
    Long start = context.attribute(START);
    String route = context.attribute(ROUTE);
    long nanos = start == null ? 0 : System.nanoTime() - start;
    metrics.answered(route == null ? UNMATCHED : route, context.statusCode(), nanos);
  }

  private void refused(HttpResponseException refusal, Context context) {
    switch (refusal.getStatus()) {
      case 404 ->
          problem(context, ApiException.Code.NOT_FOUND, "nothing at '" + context.path() + "'");
      case 405 ->
          problem(
              context,
              ApiException.Code.METHOD_NOT_ALLOWED,
              context.method()
                  + " is not known at '"
                  + context.path()
                  + "': only "
                  + methodAt(context.path())
                  + " is");
      default ->
          problem(
              context,
              refusal.getStatus() < 500
                  ? ApiException.Code.BAD_REQUEST
                  : ApiException.Code.INTERNAL,
              oneLine(refusal));
    }
  }

  private Route.Method methodAt(String path) {
    return routes.stream()
        .filter(route -> route.path().equals(path))
        .map(Route::method)
        .findFirst()
        .orElse(Route.Method.GET);
  }

  private static void problem(Context context, ApiException.Code code, String detail) {
    Document problem = problem(code.title(), code.status(), detail);
    context
        .status(code.status())
        .contentType(PROBLEM_TYPE)
        .header("Cache-Control", "no-store")
        .result(Json.compact(problem.putKnown("instance", instance(context)).fields()));
  }

  private static Document problem(String title, int status, String detail) {
    return new Document()
        .put("type", "about:blank")
        .put("title", title)
        .put("status", status)
        .put("detail", detail);
  }

  /** The body of a problem that has no route. */
  public static String problem(int status, String detail) {
    String title = status < 500 ? "Bad request" : "Internal error";
    return Json.compact(problem(title, status, JobNames.oneLine(detail)).fields());
  }

  private static String instance(Context context) {
    try {
      return URI.create(context.req().getRequestURI()).getRawPath();
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String oneLine(Exception e) {
    return JobNames.oneLine(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
  }
}
