// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.kubernetes;

import io.plimsoll.engines.component.SourceException;
import io.plimsoll.engines.component.SourceException.Code;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * How to reach a cluster, out of a kubeconfig's current context: the server, whom to trust, and a
 * token or a client certificate. Programs that make tokens (exec, auth-provider) are not run.
 */
public final class Kubeconfig {
  private static final int LIMIT_BYTES = 1 << 20;

  private final URI server;
  private final @Nullable String token;
  private final byte @Nullable [] authority;
  private final byte @Nullable [] certificate;
  private final byte @Nullable [] key;

  private Kubeconfig(
      URI server,
      @Nullable String token,
      byte @Nullable [] authority,
      byte @Nullable [] certificate,
      byte @Nullable [] key) {
    this.server = server;
    this.token = token;
    this.authority = authority;
    this.certificate = certificate;
    this.key = key;
  }

  public static Kubeconfig read(Path file) throws SourceException {
    try {
      if (Files.size(file) > LIMIT_BYTES) {
        throw bad(file, "is too large");
      }
      return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), file);
    } catch (IOException e) {
      throw new SourceException(Code.BAD_INPUT, "cannot read kubeconfig " + file, e);
    }
  }

  static Kubeconfig parse(String text, Path file) throws SourceException {
    Object root;
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setMaxAliasesForCollections(10)
              .setCodePointLimit(LIMIT_BYTES)
              .build();
      root = new Load(settings).loadFromString(text);
    } catch (YamlEngineException | ClassCastException | IllegalArgumentException e) {
      throw new SourceException(Code.BAD_INPUT, file + " is not YAML", e);
    }
    String context = text(root, "current-context");
    Object chosen = named(root, "contexts", "context", context);
    Object cluster = named(root, "clusters", "cluster", text(chosen, "cluster"));
    Object user = named(root, "users", "user", text(chosen, "user"));
    String server = text(cluster, "server");
    if (server.isEmpty()) {
      throw bad(file, "names no server for context '" + context + "'");
    }
    if ("true".equals(text(cluster, "insecure-skip-tls-verify"))) {
      throw bad(file, "asks not to check the server; give its certificate-authority instead");
    }
    byte[] authority = bytes(cluster, "certificate-authority", file);
    byte[] certificate = bytes(user, "client-certificate", file);
    byte[] key = bytes(user, "client-key", file);
    String token = token(user, file);
    if (token.isEmpty() && (certificate == null || key == null)) {
      throw bad(
          file,
          "has neither a token nor a client certificate and key for context '"
              + context
              + "'; programs that make tokens are not run: make one (kubectl create token) and"
              + " write it as token or tokenFile");
    }
    return new Kubeconfig(
        address(server, file), token.isEmpty() ? null : token, authority, certificate, key);
  }

  private static URI address(String server, Path file) throws SourceException {
    try {
      URI uri = URI.create(server);
      if (uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new SourceException(Code.BAD_INPUT, file + ": not an address: " + server, e);
    }
    throw bad(file, ": not an address: " + server);
  }

  private static SourceException bad(Path file, String what) {
    return new SourceException(Code.BAD_INPUT, file + " " + what);
  }

  private static String token(@Nullable Object user, Path file) throws SourceException {
    String path = text(user, "tokenFile");
    if (path.isEmpty()) {
      return text(user, "token").strip();
    }
    return new String(file(path, file), StandardCharsets.UTF_8).strip();
  }

  private static byte @Nullable [] bytes(@Nullable Object map, String key, Path file)
      throws SourceException {
    String data = text(map, key + "-data");
    if (!data.isEmpty()) {
      try {
        return Base64.getMimeDecoder().decode(data);
      } catch (IllegalArgumentException e) {
        throw new SourceException(Code.BAD_INPUT, file + ": " + key + "-data is not Base64", e);
      }
    }
    String path = text(map, key);
    return path.isEmpty() ? null : file(path, file);
  }

  private static byte[] file(String path, Path kubeconfig) throws SourceException {
    try {
      Path file = kubeconfig.resolveSibling(path);
      if (Files.size(file) > LIMIT_BYTES) {
        throw bad(file, "is too large");
      }
      return Files.readAllBytes(file);
    } catch (IOException | java.nio.file.InvalidPathException e) {
      throw new SourceException(Code.BAD_INPUT, kubeconfig + ": cannot read " + path, e);
    }
  }

  private static @Nullable Object named(
      @Nullable Object root, String list, String field, String name) {
    if (root instanceof Map<?, ?> map && map.get(list) instanceof List<?> entries) {
      for (Object entry : entries) {
        if (entry instanceof Map<?, ?> each && name.equals(each.get("name"))) {
          return each.get(field);
        }
      }
    }
    return null;
  }

  private static String text(@Nullable Object map, String key) {
    Object value = map instanceof Map<?, ?> entries ? entries.get(key) : null;
    return value instanceof String || value instanceof Boolean ? value.toString() : "";
  }

  public URI server() {
    return server;
  }

  @Nullable String token() {
    return token;
  }

  /** The TLS context for this cluster, or null when the JVM's own serves. */
  javax.net.ssl.@Nullable SSLContext tls() throws SourceException {
    return PemTls.context(authority, certificate, key, server.toString());
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "Kubeconfig[" + server + "]";
  }
}
