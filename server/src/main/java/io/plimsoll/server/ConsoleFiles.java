// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server;

import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import java.util.Map;

/** The console's files from the class path, or one line that says where they would come from. */
final class ConsoleFiles {
  private static final String FOLDER = "/web";
  private static final String HINT =
      "The console is not part of this build (module dashboards/console needs Node 18 and npm);"
          + " the API is at /api/v1/runs, its contract at /api/v1/openapi.yaml\n";

  private ConsoleFiles() {}

  static void register(JavalinConfig config) {
    if (ConsoleFiles.class.getResource(FOLDER + "/index.html") == null) {
      config.routes.get(
          "/", context -> context.contentType("text/plain; charset=utf-8").result(HINT));
      return;
    }
    config.staticFiles.add(
        files -> {
          files.hostedPath = "/";
          files.directory = FOLDER;
          files.location = Location.CLASSPATH;
          files.headers = Map.of("Cache-Control", "no-cache");
        });
  }
}
