// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.plimsoll.engines.component.Reading;
import io.plimsoll.engines.component.SourceException;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventText;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An API server of our own over HTTPS, reached through a kubeconfig. */
class KubernetesSourceIT {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;
  private HttpsServer server;

  @BeforeEach
  void serve() throws Exception {
    keytool("-genkeypair", "-keyalg", "RSA", "-dname", "CN=api", "-ext", "san=ip:127.0.0.1");
    keytool("-exportcert", "-rfc", "-file", folder.resolve("ca.pem").toString());
    KeyStore store = KeyStore.getInstance(folder.resolve("store.p12").toFile(), PASSWORD);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void keytool(String... options) throws Exception {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(options));
    command.addAll(
        List.of("-alias", "api", "-storepass", "changeit", "-storetype", "PKCS12", "-keystore"));
    command.add(folder.resolve("store.p12").toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    boolean known = "Bearer s3cret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    int status = !known ? 401 : path.startsWith("/api/v1/nodes") ? 403 : 200;
    byte[] body =
        path.contains("/pods")
            ? page(path)
            : "{\"kind\": \"EventList\", \"metadata\": {}, \"items\": []}".getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Two pages of pods. */
  private static byte[] page(String path) throws IOException {
    if (path.contains("continue=next")) {
      return """
          {"kind": "PodList", "metadata": {}, "items": [
            {"metadata": {"name": "last", "namespace": "jobs"}, "status": {"phase": "Running"}}]}
          """
          .getBytes(UTF_8);
    }
    try (InputStream in = KubernetesSourceIT.class.getResourceAsStream("/kubernetes/saved.json")) {
      assertThat(in).isNotNull();
      String saved = new String(in.readAllBytes(), UTF_8);
      return saved
          .replace("\"kind\": \"List\"", "\"metadata\": {\"continue\": \"next\"}")
          .getBytes(UTF_8);
    }
  }

  private Kubeconfig kubeconfig(String token) throws Exception {
    String authority =
        Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("ca.pem")));
    Files.writeString(folder.resolve("token"), token + "\n");
    return Kubeconfig.read(
        Files.writeString(
            folder.resolve("config"),
            """
            current-context: here
            contexts: [{name: here, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
            users: [{name: u, user: {tokenFile: token}}]
            """
                .formatted(server.getAddress().getPort(), authority)));
  }

  @Test
  void pods_areReadPageByPage() throws Exception {
    try (KubernetesSource source =
        new KubernetesSource("c", kubeconfig("s3cret"), "jobs", Duration.ofSeconds(60))) {
      Reading reading = source.read(1);

      assertThat(reading.events())
          .anySatisfy(event -> assertThat(event.kind()).isEqualTo(EventKind.CONTAINER_ENDED))
          .anySatisfy(event -> assertThat(event.text(EventText.OBJECT)).isEqualTo("last"));
      assertThat(reading.unread()).containsOnlyKeys("kubernetes.nodes");
      assertThat(source.read(2).events()).isEmpty();
    }
  }

  @Test
  void aWrongToken_isRefused() throws Exception {
    try (KubernetesSource source =
        new KubernetesSource("c", kubeconfig("wrong"), "jobs", Duration.ofSeconds(60))) {
      assertThatThrownBy(() -> source.read(1))
          .isInstanceOfSatisfying(
              SourceException.class,
              e -> assertThat(e.code()).isEqualTo(SourceException.Code.REFUSED))
          .hasMessageNotContaining("wrong");
    }
  }

  @Test
  void aServerThatNobodyVouchesFor_isNotAsked() throws Exception {
    String text = Files.readString(kubeconfigFile());
    Kubeconfig blind =
        Kubeconfig.parse(
            text.replaceAll(", certificate-authority-data: [^}]*", ""), folder.resolve("config"));
    try (KubernetesSource source =
        new KubernetesSource("c", blind, "jobs", Duration.ofSeconds(60))) {
      assertThatThrownBy(() -> source.read(1)).isInstanceOf(SourceException.class);
    }
  }

  private Path kubeconfigFile() throws Exception {
    kubeconfig("s3cret");
    return folder.resolve("config");
  }
}
