// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.kubernetes;

import io.plimsoll.engines.component.SourceException;
import io.plimsoll.engines.component.SourceException.Code;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS out of PEM texts: whom to trust, and a certificate of our own. */
final class PemTls {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN (RSA |EC |)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");

  /** The PKCS#8 head of an RSA key: version 0, rsaEncryption, no parameters. */
  private static final byte[] RSA_HEAD = {
    0x02,
    0x01,
    0x00,
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };

  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;

  private PemTls() {}

  static @Nullable SSLContext context(
      byte @Nullable [] authority,
      byte @Nullable [] certificate,
      byte @Nullable [] key,
      String where)
      throws SourceException {
    if (authority == null && certificate == null) {
      return null;
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(certificate, key), trust(authority), null);
      return context;
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      throw new SourceException(
          Code.BAD_INPUT,
          "the certificates or the key for " + where + " cannot be used: " + e.getMessage(),
          e);
    }
  }

  private static TrustManager @Nullable [] trust(byte @Nullable [] authority)
      throws GeneralSecurityException, IOException {
    if (authority == null) {
      return null;
    }
    KeyStore store = empty();
    int count = 0;
    for (Certificate each : certificates(authority)) {
      store.setCertificateEntry("ca" + count++, each);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager @Nullable [] keys(byte @Nullable [] certificate, byte @Nullable [] key)
      throws GeneralSecurityException, IOException {
    if (certificate == null || key == null) {
      return null;
    }
    KeyStore store = empty();
    Certificate[] chain = certificates(certificate).toArray(new Certificate[0]);
    store.setKeyEntry("client", privateKey(key), new char[0], chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(byte[] pem)
      throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem));
  }

  private static PrivateKey privateKey(byte[] pem) throws GeneralSecurityException {
    Matcher key = KEY.matcher(new String(pem, StandardCharsets.US_ASCII));
    if (!key.find()) {
      throw new InvalidKeySpecException("no PEM private key");
    }
    if (key.group(1).startsWith("EC")) {
      throw new InvalidKeySpecException(
          "the key is in SEC1 form; convert it: openssl pkcs8 -topk8 -nocrypt");
    }
    byte[] der = Base64.getMimeDecoder().decode(key.group(2));
    boolean rsaOnly = key.group(1).startsWith("RSA");
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(rsaOnly ? wrapped(der) : der);
    if (rsaOnly) {
      return KeyFactory.getInstance("RSA").generatePrivate(spec);
    }
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(spec);
    } catch (InvalidKeySpecException e) {
      return KeyFactory.getInstance("EC").generatePrivate(spec);
    }
  }

  /** PKCS#1 inside of PKCS#8. */
  private static byte[] wrapped(byte[] rsa) {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(RSA_HEAD);
    inner.writeBytes(tagged(OCTETS, rsa));
    return tagged(SEQUENCE, inner.toByteArray());
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    // The long form with two bytes of length serves every RSA key of today.
    out.write(0x82);
    out.write(content.length >> 8);
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }
}
